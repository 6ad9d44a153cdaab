import BellhopTesting
import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct StreamingTests {
    private static let reply = #"{"label":"good"}"#

    @Test func `answers in deltas, a finish, the usage and the end marker`() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.streamRequest())
            #expect(response.status == 200)
            #expect(response.isComplete)
            let stream = try response.events()
            #expect(stream.comments == ["OPENROUTER PROCESSING"])
            #expect(stream.isDone)
            // Four pieces of four bytes, then the finish and the usage.
            #expect(stream.data.count == 6)
            #expect(stream.chunks.count == 6)
            #expect(stream.content == Self.reply)
            #expect(stream.chunks.allSatisfy { $0["id"]?.string == response.header("X-Generation-Id") })
            #expect(stream.chunks.allSatisfy { $0["object"]?.string == "chat.completion.chunk" })
            #expect(stream.chunks[0]["choices"]?[0]?["delta"] == ["role": "assistant", "content": #"{"la"#])
            #expect(stream.chunks[0]["choices"]?[0]?["finish_reason"] == .null)
            #expect(stream.chunks[4]["choices"]?[0]?["finish_reason"] == "stop")
            #expect(stream.chunks[4]["choices"]?[0]?["native_finish_reason"] == "stop")
            #expect(stream.chunks[5]["choices"] == [])
            #expect(stream.chunks[5]["usage"]?["completion_tokens"] == 4)
            #expect(stream.usages.map(\.place) == [5])
        }
    }

    @Test func `writes each event by itself`() async throws {
        let response = try await StandInFixture.with(StandInConfiguration()) { standIn in
            try await standIn.ask(StandInFixture.streamRequest())
        }
        #expect(response.pieces.count == 8)
        #expect(response.pieces.allSatisfy { $0.suffix(2) == Data("\n\n".utf8) })
    }

    @Test func `charges a stream like a whole answer`() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let whole = try await standIn.ask(StandInFixture.request()).json()
            let stream = try await standIn.ask(StandInFixture.streamRequest()).events()
            #expect(stream.usages.map(\.usage) == [try #require(whole["usage"])])
            let entries = standIn.bill.statement.requests
            #expect(entries.map(\.cost) == [USD(nanos: 9_500), USD(nanos: 9_500)])
            #expect(entries.map(\.isStream) == [false, true])
            #expect(entries[1].id == stream.chunks[0]["id"]?.string)
        }
    }

    @Test func `charges a stream that its client leaves to its end`() async throws {
        let configuration = StandInConfiguration(
            prices: try StandInFixture.prices(),
            faults: [FaultRule(model: "*", fault: .stream(.stall(afterTokens: 1)))],
            hangLimit: .seconds(3600))
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let text = try StandInFixture.text(StandInFixture.streamRequest(), path: "/v1/chat/completions")
            let response = try await RawHTTPClient.send(text, toPort: standIn.port, leavingAt: #""content":"{"#)
            #expect(!response.isComplete)
            #expect(standIn.bill.statement.requests.map(\.cost) == [USD(nanos: 9_500)])
            #expect(standIn.bill.statement.requests.map(\.completionTokens) == [4])
        }
    }

    @Test func `cuts a stream at max_tokens and says so`() async throws {
        let response = try await StandInFixture.with(StandInConfiguration()) { standIn in
            var members = StandInFixture.streamRequest().members ?? [:]
            members["max_tokens"] = 2
            return try await standIn.ask(.object(members))
        }
        #expect(try response.events().content == #"{"label""#)
        #expect(try response.events().finishReasons == ["length"])
    }

    @Test func `splits texts of all scripts between characters`() async throws {
        let text = "Grüße 👩‍👩‍👧‍👦 مرحبا 你好世界"
        let answers = CannedAnswers([CannedAnswer(task: "translation", answer: "x", reply: .string(text))])
        let response = try await StandInFixture.with(StandInConfiguration(answers: answers)) { standIn in
            try await standIn.ask(
                StandInFixture.request(task: "translation", extra: ["stream": true, "response_format": .null]))
        }
        let deltas = try response.events().chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }
        #expect(deltas.joined() == text)
        #expect(deltas.contains("👩‍👩‍👧‍👦"))
    }

    @Test(arguments: [
        (Fault.rateLimited(retryAfter: "1"), 429), (.paymentRequired, 402), (.flatError, 400), (.errorBody, 200),
    ])
    func `refuses before the first token with an ordinary error`(fault: Fault, status: Int) async throws {
        let (response, entry) = try await StandInFixture.meet(fault, asking: StandInFixture.streamRequest())
        #expect(response.status == status)
        #expect(response.header("Content-Type") == "application/json")
        #expect(try response.json()["choices"] == nil)
        #expect(entry.cost == .zero)
        #expect(!entry.isStream)
    }
}
