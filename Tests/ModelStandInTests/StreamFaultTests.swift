import BellhopTesting
import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct StreamFaultTests {
    private static let reply = #"{"label":"good"}"#
    private static let fullCost = USD(nanos: 9_500)

    private func meet(
        _ fault: StreamFault, reply: JSONValue = ["label": "good"]
    ) async throws -> (response: RawHTTPResponse, stream: EventStream, entry: BillStatement.Entry) {
        let (response, entry) = try await StandInFixture.meet(
            .stream(fault), asking: StandInFixture.streamRequest(),
            answers: CannedAnswers([CannedAnswer(answer: "verdict", reply: reply)]))
        return (response, try response.events(), entry)
    }

    @Test(arguments: [
        StreamFault.usageWithoutChoices, .usageWithEmptyChoice, .usageOnFinish, .usageOnEveryChunk,
        .commentsFirst(milliseconds: 5), .malformedLine, .missingDone, .splitCharacters, .crlf,
    ])
    func `tells the whole answer and charges it`(fault: StreamFault) async throws {
        let (response, stream, entry) = try await meet(fault)
        #expect(response.isComplete)
        #expect(stream.content == Self.reply)
        #expect(stream.finishReasons == ["stop"])
        #expect(stream.isDone == (fault != .missingDone))
        #expect(stream.usages.last?.usage["cost"] == .number(Self.fullCost.dollars))
        #expect(entry.cost == Self.fullCost)
    }

    @Test func `tells the usage in a last chunk without choices`() async throws {
        let stream = try await meet(.usageWithoutChoices).stream
        #expect(stream.usages.map(\.place) == [5])
        #expect(stream.chunks[5]["choices"] == [])
    }

    @Test func `tells the usage in a last chunk with one empty choice`() async throws {
        let stream = try await meet(.usageWithEmptyChoice).stream
        #expect(stream.usages.map(\.place) == [5])
        let choice = try #require(stream.chunks[5]["choices"]?[0])
        #expect(choice["delta"]?["content"] == "")
        #expect(choice["finish_reason"] == .null)
    }

    @Test func `tells the usage with the finish`() async throws {
        let stream = try await meet(.usageOnFinish).stream
        #expect(stream.usages.map(\.place) == [4])
        #expect(stream.chunks.count == 5)
        #expect(stream.chunks[4]["choices"]?[0]?["finish_reason"] == "stop")
    }

    @Test func `tells a growing usage on every chunk`() async throws {
        let stream = try await meet(.usageOnEveryChunk).stream
        #expect(stream.usages.map { $0.usage["completion_tokens"]?.integer } == [1, 2, 3, 4, 4])
        #expect(stream.usages.map { $0.usage["prompt_tokens"]?.integer } == [6, 6, 6, 6, 6])
    }

    @Test func `sends comments alone before the first event`() async throws {
        let (response, stream, _) = try await meet(.commentsFirst(milliseconds: 5))
        #expect(stream.comments.count == 10)
        #expect(response.pieces.prefix(10).allSatisfy { $0 == Data(": OPENROUTER PROCESSING\n\n".utf8) })
    }

    @Test func `breaks one line in the middle`() async throws {
        let stream = try await meet(.malformedLine).stream
        #expect(stream.data.count == stream.chunks.count + 1)
        #expect(throws: (any Error).self) { try JSONValue(parsing: Data(stream.data[2].utf8)) }
    }

    @Test func `ends every line with CRLF`() async throws {
        let body = try await meet(.crlf).response.body
        let bytes = [UInt8](body)
        let lineFeeds = bytes.indices.filter { bytes[$0] == 0x0A }
        #expect(lineFeeds.count == 16)
        #expect(lineFeeds.allSatisfy { $0 > 0 && bytes[$0 - 1] == 0x0D })
    }

    @Test(arguments: ["good", "größer 👍"])
    func `splits characters between writes whatever the reply says`(label: String) async throws {
        let (response, stream, _) = try await meet(.splitCharacters, reply: ["label": .string(label)])
        #expect(stream.content == #"{"label":"\#(label)"}"#)
        let broken = response.pieces.filter { String(validating: $0, as: UTF8.self) == nil }
        // Each chunk has two characters of two bytes at least.
        #expect(broken.count >= 4 * stream.chunks.count)
        #expect(broken.allSatisfy { $0.count == 1 })
    }

    @Test(arguments: [(0, ""), (2, #"{"label""#), (1_000, reply)])
    func `is cut after so many tokens`(tokens: Int, content: String) async throws {
        let (response, stream, entry) = try await meet(.cut(afterTokens: tokens))
        #expect(response.status == 200)
        #expect(!response.isComplete)
        #expect(stream.content == content)
        #expect(stream.finishReasons.isEmpty && stream.usages.isEmpty && !stream.isDone)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func `ends in order after so many tokens`() async throws {
        let (response, stream, entry) = try await meet(.end(afterTokens: 3))
        #expect(response.isComplete)
        #expect(stream.content == #"{"label":"go"#)
        #expect(stream.finishReasons.isEmpty && !stream.isDone)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func `stalls after so many tokens until the limit`() async throws {
        let configuration = StandInConfiguration(
            prices: try StandInFixture.prices(),
            faults: [FaultRule(model: "*", fault: .stream(.stall(afterTokens: 2)))],
            hangLimit: .milliseconds(1))
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.streamRequest())
            #expect(!response.isComplete)
            #expect(try response.events().content == #"{"label""#)
            #expect(standIn.bill.statement.cost == Self.fullCost)
        }
    }

    @Test func `stalls until the server stops`() async throws {
        let configuration = StandInConfiguration(
            faults: [FaultRule(model: "*", fault: .stream(.stall(afterTokens: 0)))], hangLimit: .seconds(3600))
        let asking = try await StandInFixture.with(configuration) { standIn in
            let asking = Task { try await standIn.ask(StandInFixture.streamRequest()) }
            for await _ in standIn.arrivals { break }
            return asking
        }
        #expect(try await !asking.value.isComplete)
    }

    @Test(arguments: [(StreamFault.error, JSONValue.integer(502)), (.errorWithWord, "server_error")])
    func `breaks off with an error at no cost`(fault: StreamFault, code: JSONValue) async throws {
        let (response, stream, entry) = try await meet(fault)
        #expect(response.status == 200)
        #expect(response.isComplete)
        #expect(stream.content == #"{"label""#)
        let last = try #require(stream.chunks.last)
        #expect(last["error"]?["code"] == code)
        #expect(last["error"]?["metadata"]?["error_type"] == "provider_unavailable")
        #expect(last["choices"]?[0]?["finish_reason"] == "error")
        #expect(!stream.isDone)
        #expect(entry.cost == .zero)
    }

    @Test func `answers whole although a stream was asked for`() async throws {
        let (response, entry) = try await StandInFixture.meet(
            .stream(.notStreamed), asking: StandInFixture.streamRequest())
        #expect(response.header("Content-Type") == "application/json")
        #expect(try response.content() == Self.reply)
        #expect(!entry.isStream)
    }

    @Test func `is not met by requests without a stream`() async throws {
        let configuration = StandInConfiguration(faults: [
            FaultRule(model: "*", fault: .stream(.cut(afterTokens: 0)), times: 1)
        ])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request()).content() == Self.reply)
            #expect(try await !standIn.ask(StandInFixture.streamRequest()).isComplete)
            #expect(standIn.bill.statement.requests.map(\.fault) == [nil, "cut_after:0"])
        }
    }

    /// Faults that are not about streams do to them what they do to whole answers.
    @Test(arguments: [
        ("missing_usage", reply, 0), ("null_cost", reply, 1), ("truncated", #"{"label""#, 1), ("empty_content", "", 1),
        ("null_content", "", 1), ("choice_error", #"{"label""#, 1), ("empty_choices", "", 1),
        ("extra_fields", reply, 1),
        ("leading_whitespace", reply, 1), ("slow:1", reply, 1), ("slow_body:0", reply, 1),
    ])
    func `meets the faults of whole answers too`(name: String, content: String, usages: Int) async throws {
        let (response, entry) = try await StandInFixture.meet(
            try Fault(text: name), asking: StandInFixture.streamRequest())
        let stream = try response.events()
        #expect(response.isComplete && stream.isDone)
        #expect(stream.content == content)
        #expect(stream.usages.count == usages)
        #expect(entry.isStream)
    }

    @Test(arguments: ["cut_mid_body", "reset_after_headers", "cut_before_headers", "empty_body", "invalid_json"])
    func `may be lost like whole answers`(name: String) async throws {
        let (response, entry) = try await StandInFixture.meet(
            try Fault(text: name), asking: StandInFixture.streamRequest())
        #expect(response.isComplete == ["empty_body", "invalid_json"].contains(name))
        #expect(!String(decoding: response.body, as: UTF8.self).contains("[DONE]"))
        #expect(entry.cost == Self.fullCost)
    }
}
