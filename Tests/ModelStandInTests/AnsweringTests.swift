import BellhopTesting
import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct AnsweringTests {
    @Test func answersAsTheProtocolSays() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request())
            let json = try response.json()
            #expect(response.status == 200)
            #expect(response.isComplete)
            #expect(response.header("Content-Type") == "application/json")
            #expect(response.header("X-Generation-Id") == json["id"]?.string)
            #expect(json["id"]?.string?.hasPrefix("gen-") == true)
            #expect(json["model"]?.string == StandInFixture.model)
            #expect(json["created"]?.integer == 1_795_341_600)
            #expect(json["provider"]?.string != nil)
            #expect(json["choices"]?[0]?["finish_reason"]?.string == "stop")
            #expect(try response.content() == #"{"label":"good"}"#)
        }
    }

    @Test func countsAndChargesTokensExactly() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request("äöü"))
            // "Classify." has 9 bytes and "äöü" 6: 4 tokens. The reply has 16 bytes: 4 tokens.
            let usage = try #require(try response.json()["usage"])
            #expect(usage["prompt_tokens"]?.integer == 4)
            #expect(usage["completion_tokens"]?.integer == 4)
            #expect(usage["total_tokens"]?.integer == 8)
            #expect(String(decoding: response.body, as: UTF8.self).contains(#""cost":0.000009,"#))
            let entry = try #require(standIn.bill.statement.requests.first)
            #expect(entry.cost == USD(nanos: 9_000))
        }
    }

    @Test(arguments: ["/v1/chat/completions", "/chat/completions", "/api/v1/chat/completions"])
    func answersUnderEveryUsualPath(path: String) async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request(), path: path).status == 200)
        }
    }

    @Test func theFirstCannedAnswerThatFitsIsGiven() async throws {
        let answers = CannedAnswers([
            CannedAnswer(answer: "other", reply: ["label": "other"]),
            CannedAnswer(answer: "verdict", when: ["broken", "angry"], reply: ["label": "bad"]),
            CannedAnswer(answer: "verdict", reply: ["label": "good"]),
            CannedAnswer(answer: "verdict", reply: ["label": "too late"]),
        ])
        try await StandInFixture.with(StandInConfiguration(answers: answers)) { (standIn) async throws in
            func label(_ text: String) async throws -> String? {
                try await standIn.ask(StandInFixture.request(text)).content()
            }
            #expect(try await label("It came broken. I am angry.") == #"{"label":"bad"}"#)
            #expect(try await label("It came broken.") == #"{"label":"good"}"#)
        }
    }

    @Test func withoutASchemaTheTaskFindsTheAnswer() async throws {
        let answers = CannedAnswers([CannedAnswer(task: "translation", answer: "x", reply: "Guten Tag")])
        try await StandInFixture.with(StandInConfiguration(answers: answers)) { (standIn) async throws in
            func content(_ task: String?) async throws -> String? {
                try await standIn.ask(StandInFixture.request(task: task, extra: ["response_format": ["type": "text"]]))
                    .content()
            }
            #expect(try await content("translation") == "Guten Tag")
            #expect(try await content("summarization") == "The stand-in has nothing to say to this.")
            #expect(try await content(nil) == "The stand-in has nothing to say to this.")
        }
    }

    @Test func aReplyLongerThanMaxTokensIsCutAndSaysSo() async throws {
        let answers = CannedAnswers([CannedAnswer(answer: "verdict", reply: ["label": "abe\u{301}e\u{301}e\u{301}"])])
        try await StandInFixture.with(StandInConfiguration(answers: answers)) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request(maxTokens: 4))
            #expect(try response.json()["choices"]?[0]?["finish_reason"]?.string == "length")
            #expect(try response.json()["usage"]?["completion_tokens"]?.integer == 4)
            // 16 bytes would end between a letter and its accent.
            #expect(try response.content() == "{\"label\":\"abe\u{301}")
        }
    }

    @Test func aModelThatIsNotOnThePriceListHasAnUnknownCost() async throws {
        try await StandInFixture.with(StandInConfiguration(prices: try StandInFixture.prices())) {
            (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request(model: "made/up"))
            #expect(try response.json()["usage"]?["cost"] == .null)
            #expect(standIn.bill.statement.requests.map(\.cost) == [nil])
            #expect(standIn.bill.statement.totals.map(\.unpriced) == [1])
        }
    }

    @Test func listsModelsWithTheirPrices() async throws {
        try await StandInFixture.with(StandInConfiguration(prices: try StandInFixture.prices())) {
            (standIn) async throws in
            let list = try await standIn.get("/v1/models").json()
            #expect(list["data"]?[0]?["id"]?.string == StandInFixture.model)
            #expect(list["data"]?[0]?["pricing"]?["prompt"]?.string == "0.00000025")
            #expect(list["data"]?[0]?["pricing"]?["completion"]?.string == "0.000002")
            #expect(try await standIn.get("/healthz").status == 200)
            #expect(try await standIn.get("/nowhere").status == 404)
        }
    }

    @Test func aLatencyDelaysWithoutChangingTheAnswer() async throws {
        try await StandInFixture.with(StandInConfiguration(latency: .milliseconds(1))) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request()).status == 200)
        }
    }
}
