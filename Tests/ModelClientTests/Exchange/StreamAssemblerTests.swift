import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

/// The streams that servers were seen to send, or document.
struct StreamAssemblerTests {
    typealias Stream = [String]

    static let hello =
        #"{"id":"gen-1","model":"maker/b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}"#
    static let world = #"{"id":"gen-1","choices":[{"index":0,"delta":{"content":"lo"}}]}"#
    static let stop = #"{"id":"gen-1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}"#
    static let done = "[DONE]"

    private func assembler(
        _ stream: Stream, headers: [(name: String, value: String)] = []
    ) -> (StreamAssembler, [StreamAssembler.Piece]) {
        var assembler = StreamAssembler(
            head: TransportResponse(status: 200, headers: headers), now: Date(timeIntervalSince1970: 1_767_000_000))
        let pieces = stream.map { assembler.take(.init(data: Data($0.utf8))) }
        return (assembler, pieces)
    }

    private func reading(_ stream: Stream) -> ResponseReading {
        assembler(stream).0.reading
    }

    private func text(_ text: String, isCutOff: Bool = false) -> Result<Completion, FailureSignal> {
        .success(Completion(text: text, isCutOff: isCutOff))
    }

    private func failure(_ kind: FailureKind, _ reason: String) -> Result<Completion, FailureSignal> {
        .failure(FailureSignal(kind, reason))
    }

    @Test func `puts the pieces together`() {
        let usage = #"{"id":"gen-1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"cost":0.00000425}}"#
        let (assembler, pieces) = assembler([Self.hello, Self.world, Self.stop, usage, Self.done])
        #expect(pieces == [.text("Hel"), .text("lo"), .nothing, .nothing, .nothing])
        #expect(
            assembler.reading
                == ResponseReading(
                    status: 200, generationID: "gen-1", servedModel: "maker/b",
                    report: UsageReport(
                        usage: Usage(promptTokens: 9, completionTokens: 2), charged: USD(nanos: 4250)),
                    result: text("Hello")))
        #expect(assembler.isOver)
    }

    @Test(
        arguments: [
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
            #"{"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
        ])
    func `finds the usage in any last chunk`(chunk: String) {
        let reading = reading([Self.hello, Self.stop, chunk, Self.done])
        #expect(reading.report.usage == Usage(promptTokens: 9, completionTokens: 2))
        #expect(reading.result == text("Hel"))
    }

    @Test func `keeps the last usage and never sums`() {
        let chunks = (1...3).map { count in
            #"{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":9,"completion_tokens":\#(count)}}"#
        }
        let last = #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}"#
        #expect(reading(chunks + [last]).report.usage == Usage(promptTokens: 9, completionTokens: 3))
    }

    @Test func `needs either a finish reason or the end marker`() {
        #expect(reading([Self.hello, Self.stop]).result == text("Hel"))
        #expect(reading([Self.hello, " [DONE] "]).result == text("Hel"))
        #expect(reading([Self.hello]).result == failure(.timeout, "the stream broke off"))
        #expect(reading([Self.hello]).generationID == "gen-1")
        #expect(reading([]).result == failure(.malformedResponse, "empty stream"))
    }

    @Test func `passes over what it cannot read, as long as the stream has an end`() {
        let garbage = [
            #"{"choices":[{"delta":{"con"#, "\u{0}", "[1]", #"{"choices":[{"delta":{"content":"\ud800"}}]}"#,
        ]
        let whole = reading([Self.hello] + garbage + [Self.world, Self.stop, Self.done])
        #expect(whole.result == text("Hello"))
        #expect(whole.unreadEvents == 4)
        let endless = reading([Self.hello] + garbage + [Self.done])
        #expect(endless.result == failure(.malformedResponse, "events that are not JSON, and no end"))
        #expect(reading([Self.hello] + garbage).result == failure(.timeout, "the stream broke off"))
    }

    @Test(
        arguments: [
            (#"502"#, .unavailable, "HTTP 200, error 502"),
            (#""server_error""#, .unavailable, "HTTP 200, error without code, server_error"),
            (#""429""#, .rateLimited, "HTTP 200, error 429"),
        ] as [(String, FailureKind, String)])
    func `ends with an error in the middle`(code: String, kind: FailureKind, reason: String) {
        let error =
            #"{"id":"gen-1","error":{"code":\#(code),"message":"s3cret"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#
        let (assembler, _) = assembler([Self.hello, error])
        #expect(assembler.reading.result == failure(kind, reason))
        #expect(assembler.isOver)
    }

    @Test func `believes the first error and still reads the usage`() {
        let first = #"{"error":{"code":502,"message":"m","metadata":{"error_type":"provider_unavailable"}}}"#
        let second = #"{"error":{"code":401,"message":"m"},"usage":{"cost":0.5}}"#
        let reading = reading([Self.hello, first, second, Self.stop, Self.done])
        #expect(reading.result == failure(.unavailable, "HTTP 200, error 502, provider_unavailable"))
        #expect(reading.report.charged == USD(nanos: 500_000_000))
    }

    @Test func `takes an error event of any shape`() {
        for data in [#"{"code":429,"message":"m"}"#, #"{"error":{"code":429}}"#] {
            var assembler = assembler([Self.hello]).0
            _ = assembler.take(.init(data: Data(data.utf8), isError: true))
            #expect(assembler.reading.result == failure(.rateLimited, "HTTP 200, error 429"))
        }
        var assembler = assembler([]).0
        _ = assembler.take(.init(data: Data("upstream failed".utf8), isError: true))
        #expect(assembler.reading.result == failure(.unavailable, "HTTP 200, error without code"))
    }

    @Test(
        arguments: [
            (#"{"delta":{},"finish_reason":"length"}"#, .success(Completion(text: "Hel", isCutOff: true))),
            (
                #"{"delta":{},"finish_reason":"stop","native_finish_reason":"MAX_TOKENS"}"#,
                .success(Completion(text: "Hel", isCutOff: true))
            ),
            (
                #"{"delta":{},"finish_reason":"content_filter"}"#,
                .failure(FailureSignal(.refused, "finish reason content_filter"))
            ),
            (#"{"delta":{},"finish_reason":"error"}"#, .failure(FailureSignal(.unavailable, "finish reason error"))),
        ] as [(String, Result<Completion, FailureSignal>)])
    func `heeds the finish reason`(choice: String, expected: Result<Completion, FailureSignal>) {
        #expect(reading([Self.hello, #"{"choices":[\#(choice)]}"#]).result == expected)
    }

    @Test func `hears a refusal`() {
        let (assembler, pieces) = assembler([
            #"{"choices":[{"delta":{"refusal":"I can"}}]}"#,
            #"{"choices":[{"delta":{"refusal":"not"},"finish_reason":"stop"}]}"#,
        ])
        #expect(pieces == [.content, .content])
        #expect(assembler.reading.result == failure(.refused, "the model refused"))
    }

    @Test(arguments: ["reasoning", "reasoning_content"])
    func `tells thinking from answering`(name: String) {
        let (assembler, pieces) = assembler([
            #"{"choices":[{"delta":{"role":"assistant","content":"","\#(name)":"Hm."}}]}"#, Self.hello, Self.stop,
        ])
        #expect(pieces == [.reasoning, .text("Hel"), .nothing])
        #expect(assembler.reading.result == text("Hel"))
    }

    @Test func `hears nothing of an answer in signs of life`() {
        let (_, pieces) = assembler([
            #"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#, #"{"choices":[{"delta":{"content":null}}]}"#,
            #"{"choices":[]}"#, "{}", #"{"choices":{}}"#, #"{"choices":[{"delta":[]}]}"#, "null",
        ])
        #expect(pieces == Array(repeating: .nothing, count: 7))
    }

    @Test func `takes nothing after the end`() {
        let (assembler, pieces) = assembler([Self.hello, Self.done, Self.world, Self.stop])
        #expect(pieces == [.text("Hel"), .nothing, .nothing, .nothing])
        #expect(assembler.reading.result == text("Hel"))
    }

    @Test func `takes the id from the header until a chunk gives one`() {
        let headers = [(name: "x-generation-id", value: "gen-0")]
        #expect(assembler([], headers: headers).0.reading.generationID == "gen-0")
        #expect(assembler([Self.hello], headers: headers).0.reading.generationID == "gen-1")
    }

    @Test func `is as good as an answer that came whole`() {
        let whole = TransportResponse(
            status: 200,
            body: Data(
                #"{"id":"gen-1","model":"maker/b","choices":[{"finish_reason":"stop","message":{"content":"Hello"}}]}"#
                    .utf8))
        #expect(
            reading([Self.hello, Self.world, Self.stop, Self.done]) == ResponseDecoder(now: Date()).reading(of: whole))
    }
}
