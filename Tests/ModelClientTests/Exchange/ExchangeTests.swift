import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

@Suite(.timeLimit(.minutes(5)))
struct ExchangeTests {
    private let time = ManualTime()
    private let heard = Shared<[Streaming.Event]>([])

    private var events: [Streaming.Event] {
        heard.change { $0 }
    }

    private func request(responseBytes: Int = 4 << 20) -> TransportRequest {
        TransportRequest(
            .post, url: "https://one.example.com/v1/chat/completions", limits: .init(responseBytes: responseBytes))
    }

    private func perform(
        _ transport: any Transport, responseBytes: Int = 4 << 20
    ) async throws -> ResponseReading {
        let streaming = Streaming(firstToken: .seconds(20), idle: .seconds(15)) { [heard] event in
            heard.change { $0.append(event) }
        }
        return try await Exchange(transport: transport, time: time.source)
            .perform(request(responseBytes: responseBytes), streaming: streaming, model: "a")
    }

    private func error(of transport: any Transport, responseBytes: Int = 4 << 20) async -> TransportError? {
        await #expect(throws: TransportError.self) {
            try await perform(transport, responseBytes: responseBytes)
        }
    }

    private func text(_ text: String) -> Result<Completion, FailureSignal> {
        .success(Completion(text: text, isCutOff: false))
    }

    private static let begin = [StreamAssemblerTests.hello, StreamAssemblerTests.world]
    private static let whole = begin + [StreamAssemblerTests.stop, StreamAssemblerTests.done]

    // MARK: - Answers

    @Test func `asks for the whole answer when nobody wants the pieces`() async throws {
        let transport = ScriptedTransport(["": [.ok("fine")]], time: VirtualTime())
        var request = request()
        request.body = Data("{}".utf8)
        let reading = try await Exchange(transport: transport, time: time.source)
            .perform(request, streaming: nil, model: "a")
        #expect(reading.result == text("fine"))
        #expect(reading.status == 200)
    }

    @Test func `hands the pieces on as they come`() async throws {
        let reading = try await perform(StreamingTransport(events: Self.whole))
        #expect(reading.result == text("Hello"))
        #expect(reading.generationID == "gen-1")
        #expect(events == [.began(model: "a"), .text("Hel"), .text("lo")])
    }

    @Test func `reads parts that are cut anywhere`() async throws {
        let stream = ": OPENROUTER PROCESSING\r\n\r\n" + Self.whole.map { "data: \($0)\r\n\r\n" }.joined()
        let parts = stream.unicodeScalars.map { StreamingTransport.Step.part(String($0)) }
        #expect(try await perform(StreamingTransport(parts)).result == text("Hello"))
        #expect(events == [.began(model: "a"), .text("Hel"), .text("lo")])
    }

    @Test func `announces an answer that has no text, but no thinking`() async throws {
        let thinking = #"{"choices":[{"delta":{"reasoning":"Hm."}}]}"#
        let call =
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"x","arguments":"{}"}}]}}]}"#
        _ = try await perform(StreamingTransport(events: [thinking, StreamAssemblerTests.done]))
        #expect(events == [])
        _ = try await perform(StreamingTransport(events: [thinking, call, call, StreamAssemblerTests.done]))
        #expect(events == [.began(model: "a")])
    }

    @Test func `reads an ordinary error although a stream was asked for`() async throws {
        let body = #"{"error":{"code":429,"message":"m"}}"#
        let transport = StreamingTransport(
            [.part(String(body.prefix(9))), .part(String(body.dropFirst(9)))], status: 429, type: "application/json",
            headers: [("Retry-After", "7"), ("X-Generation-Id", "gen-9")])
        let reading = try await perform(transport)
        var expected = FailureSignal(.rateLimited, "HTTP 429")
        expected.retryAfter = .seconds(7)
        #expect(reading.result == .failure(expected))
        #expect(reading.status == 429)
        #expect(reading.generationID == "gen-9")
        #expect(events == [])
    }

    @Test func `takes the status before the type`() async throws {
        let transport = StreamingTransport([.part("data: {}\n\n")], status: 503)
        #expect(try await perform(transport).result == .failure(FailureSignal(.unavailable, "HTTP 503")))
    }

    @Test func `takes a whole answer from a server that does not stream`() async throws {
        let body = #"{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}"#
        #expect(try await perform(StreamingTransport([.part(body)], type: "application/json")).result == text("Hello"))
        #expect(events == [.began(model: "a"), .text("Hello")])
    }

    @Test func `makes nothing of a page of HTML`() async throws {
        let reading = try await perform(StreamingTransport([.part("<html></html>")], type: "text/html"))
        #expect(reading.result == .failure(FailureSignal(.malformedResponse, "not a JSON object")))
    }

    // MARK: - Silence

    @Test func `gives up when the first piece does not come, whatever signs of life do`() async throws {
        let comments = Array(repeating: StreamingTransport.Step.part(": PROCESSING\n\n"), count: 100)
        let transport = StreamingTransport(comments + [.silence], headers: [("X-Generation-Id", "gen-9")])
        async let error = error(of: transport)
        await time.sleepBegan(.seconds(20))
        var moments = transport.moments.makeAsyncIterator()
        #expect(await moments.next() == .silent)
        time.advance(by: .seconds(20))
        let timeout = await error
        #expect(timeout?.code == .timeout)
        #expect(timeout?.mayHaveBeenSent == true)
        #expect(timeout?.generationID == "gen-9")
        #expect(await moments.next() == .dropped)
        #expect(events == [])
    }

    @Test func `gives up when not even the headers come`() async throws {
        let transport = StreamingTransport([], isSilent: true)
        async let error = error(of: transport)
        await time.sleepBegan(.seconds(20))
        time.advance(by: .seconds(20))
        #expect(await error?.code == .timeout)
    }

    @Test func `gives up a whole answer that does not come on`() async throws {
        let transport = StreamingTransport(
            [.part(#"{"choices""#), .silence], type: "application/json", headers: [("X-Generation-Id", "gen-9")])
        async let error = error(of: transport)
        var moments = transport.moments.makeAsyncIterator()
        #expect(await moments.next() == .silent)
        _ = await time.sleeps.first { _ in true }
        time.advance(by: .seconds(20))
        let timeout = await error
        #expect(timeout?.code == .timeout)
        #expect(timeout?.generationID == "gen-9")
    }

    @Test func `gives up when the next piece does not come`() async throws {
        let transport = StreamingTransport(events: Self.begin, then: [.silence])
        async let error = error(of: transport)
        var moments = transport.moments.makeAsyncIterator()
        #expect(await moments.next() == .silent)
        // The watch may have begun before or after the pieces came.
        let first = await time.sleeps.first { _ in true }
        if first == .seconds(20) {
            // It looks again when the time for the first piece is over, and that for the next was over before.
            time.advance(by: .seconds(20))
        } else {
            time.advance(by: .seconds(15))
        }
        let timeout = await error
        #expect(timeout?.code == .timeout)
        #expect(timeout?.headers == ["x-generation-id": "gen-1"])
        #expect(events == [.began(model: "a"), .text("Hel"), .text("lo")])
    }

    @Test func `does not need the rest of a stream whose answer is whole`() async throws {
        let transport = StreamingTransport(events: Self.begin + [StreamAssemblerTests.stop], then: [.silence])
        async let reading = perform(transport)
        var moments = transport.moments.makeAsyncIterator()
        #expect(await moments.next() == .silent)
        _ = await time.sleeps.first { _ in true }
        time.advance(by: .seconds(20))
        #expect(try await reading.result == text("Hello"))
    }

    @Test func `waits half a second for a server to close what it has ended`() async throws {
        let transport = StreamingTransport(events: Self.whole, then: [.silence])
        async let reading = perform(transport)
        await time.sleepBegan(.milliseconds(500))
        time.advance(by: .milliseconds(500))
        #expect(try await reading.result == text("Hello"))
        #expect(await transport.moments.first { $0 == .dropped } == .dropped)
    }

    // MARK: - Breaks

    @Test func `says which answer was lost`() async throws {
        let lost = await error(of: StreamingTransport(events: Self.begin, then: [.error(.connectionLost)]))
        #expect(lost?.code == .connectionLost)
        #expect(lost?.headers == ["x-generation-id": "gen-1"])
        #expect(lost?.generationID == "gen-1")
    }

    @Test func `does not mind a break after the answer`() async throws {
        let answer = Self.begin + [StreamAssemblerTests.stop]
        let reading = try await perform(StreamingTransport(events: answer, then: [.error(.connectionLost)]))
        #expect(reading.result == text("Hello"))
        #expect(reading.report == .nothing)
    }

    @Test func `tells a stream that broke off from one that ended`() async throws {
        let reading = try await perform(StreamingTransport(events: Self.begin))
        #expect(reading.result == .failure(FailureSignal(.timeout, "the stream broke off")))
        #expect(reading.generationID == "gen-1")
    }

    @Test func `keeps to the error in the middle of a stream`() async throws {
        let error =
            #"{"error":{"code":502,"message":"m"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#
        let reading = try await perform(
            StreamingTransport(events: Self.begin + [error], then: [.error(.connectionLost)]))
        #expect(reading.result == .failure(FailureSignal(.unavailable, "HTTP 200, error 502")))
    }

    @Test(arguments: ["text/event-stream", "application/json"])
    func `bounds the whole body`(type: String) async {
        let parts = Array(repeating: StreamingTransport.Step.part(": comment\n\n"), count: 1000)
        let error = await error(of: StreamingTransport(parts, type: type), responseBytes: 1000)
        #expect(error?.code == .responseTooLarge)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test func `gives up an event that never ends`() async throws {
        let part = StreamingTransport.Step.part(String(repeating: "x", count: 500_000))
        let reading = try await perform(StreamingTransport([.part("data: "), part, part, part, .silence]))
        #expect(reading.result == .failure(FailureSignal(.malformedResponse, "an event of more than 1 MiB")))
    }

    // MARK: - Cancellation

    @Test(arguments: [true, false])
    func `ends the stream when it is cancelled`(beforeHeaders: Bool) async throws {
        let transport = StreamingTransport(
            Self.begin.map { .part("data: \($0)\n\n") } + [.silence], isSilent: beforeHeaders)
        let task = Task { try await perform(transport) }
        var moments = transport.moments.makeAsyncIterator()
        #expect(await moments.next() == .silent)
        task.cancel()
        if beforeHeaders {
            await #expect(throws: CancellationError.self) { try await task.value }
        } else {
            // What it was named by tells later what it cost.
            let error = await #expect(throws: AbandonedStream.self) { try await task.value }
            #expect(error?.generationID == "gen-1")
            #expect(await moments.next() == .dropped)
        }
    }
}
