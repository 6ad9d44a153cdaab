import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct RefusalTests {
    @Test(arguments: [
        ("max_tokens", "'max_tokens' or 'max_completion_tokens' must be present."),
        ("model", "'model' must be a text of 1 to 256 bytes."),
        ("messages", "'messages' must be a list with at least one message."),
    ])
    func aMissingFieldIsABadRequest(field: String, message: String) async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            var members = StandInFixture.request().members ?? [:]
            members[field] = nil
            let response = try await standIn.ask(.object(members))
            #expect(response.status == 400)
            #expect(try response.json()["error"]?["message"]?.string == message)
        }
    }

    @Test(
        arguments: [
            ["max_tokens": 0], ["max_tokens": -1], ["max_tokens": "200"], ["max_tokens": 1_000_000_000_000],
            ["messages": []], ["messages": [["content": "no role"]]], ["messages": "text"], ["model": ""],
            ["stream": "yes"], ["stream_options": ["include_usage": 1]],
            ["provider": ["max_price": ["prompt": "cheap"]]], ["provider": ["max_price": ["completion": true]]],
            ["provider": ["max_prise": ["prompt": "1"]]],
        ] as [[String: JSONValue]])
    func aFieldThatMakesNoSenseIsABadRequest(fields: [String: JSONValue]) async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request(extra: fields)).status == 400)
        }
    }

    @Test(arguments: ["", "[]", "{", "\u{FF}", String(repeating: "[", count: 100_000)])
    func aBodyThatIsNoRequestIsABadRequest(body: String) async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            let text = head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
            #expect(try await RawHTTPClient.send(Data(text.utf8), toPort: standIn.port).status == 400)
            #expect(standIn.bill.statement.requests.map(\.status) == [400])
        }
    }

    @Test func maxCompletionTokensWillDo() async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            var members = StandInFixture.request().members ?? [:]
            members["max_completion_tokens"] = members.removeValue(forKey: "max_tokens")
            #expect(try await standIn.ask(.object(members)).status == 200)
        }
    }

    @Test func aStrictServerRefusesFieldsItDoesNotKnow() async throws {
        let prices = try StandInFixture.prices()
        let foreign: [String: JSONValue] = ["provider": ["require_parameters": true]]
        try await StandInFixture.with(StandInConfiguration(prices: prices, strict: true)) { (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.request(extra: foreign))
            #expect(response.status == 400)
            let error = try #require(try response.json()["error"])
            #expect(error["message"]?.string == "Unrecognized request argument supplied: provider")
            #expect(error["type"]?.string == "invalid_request_error")
            #expect(error["code"] == .null)
            #expect(try await standIn.ask(StandInFixture.request(model: "made/up")).status == 404)
            #expect(try await standIn.ask(StandInFixture.request()).status == 200)
        }
        try await StandInFixture.with(StandInConfiguration(prices: prices)) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request(extra: foreign)).status == 200)
        }
    }

    @Test func aKeyIsRequiredWhenOneIsSet() async throws {
        try await StandInFixture.with(StandInConfiguration(apiKey: "sk-test")) { (standIn) async throws in
            func status(_ headers: [String: String]) async throws -> Int? {
                try await standIn.ask(StandInFixture.request(), headers: headers).status
            }
            #expect(try await status([:]) == 401)
            #expect(try await status(["Authorization": "Bearer sk-other"]) == 401)
            #expect(try await status(["Authorization": "Bearer sk-test"]) == 200)
            #expect(standIn.bill.statement.cost == .zero)
        }
    }
}
