import Bellhop
import BellhopTesting
import Foundation
import Testing

@testable import ForwardEvent

@Suite struct ForwardEventTests {
    private func run(_ json: String, settings: ForwardEvent.Settings) async throws -> [Effect] {
        try await BellhopTesting.run(
            ForwardEvent(settings: settings), on: Sample(topic: "orders/create", json: json).event())
    }

    private func post(_ effects: [Effect]) throws -> Effect.Post {
        guard effects.count == 1, case .post(let post) = effects.first else { throw NoPost() }
        return post
    }

    private struct NoPost: Error {}

    @Test func `the body goes on as it came, with what the event is`() async throws {
        let body = #"{"id": 7, "total_price": "48.00", "lines": [{"price": 1.50}, null, true]}"#
        let post = try post(try await run(body, settings: .init(destination: "stock")))
        #expect(post.destination == "stock")
        #expect(
            post.body["payload"]
                == ["id": 7, "total_price": "48.00", "lines": [["price": .number(1.5)], .null, true]])
        #expect(post.body["event"]?["topic"] == "orders/create")
        #expect(post.body["event"]?["shop"]?.string?.contains(".") == true)
        #expect(post.body["event"]?["id"]?.string?.isEmpty == false)
        #expect(post.writes.isEmpty)
    }

    @Test func `only the fields that the settings name go on`() async throws {
        let post = try post(
            try await run(
                #"{"id": 7, "email": "ada@example.com", "note": "gift"}"#,
                settings: .init(destination: "stock", fields: ["id", "note", "missing"])))
        #expect(post.body["payload"] == ["id": 7, "note": "gift"])
    }

    @Test func `a body that is no object goes on whole`() async throws {
        let post = try post(try await run("[1, 2]", settings: .init(destination: "stock", fields: ["id"])))
        #expect(post.body["payload"] == [1, 2])
    }

    @Test func `it may post to its destination alone`() {
        #expect(ForwardEvent(settings: .init(destination: "stock")).destinations == ["stock"])
    }

    @Test func `settings without a destination are refused`() {
        for settings: JSONValue in [[:], ["destination": ""], ["destination": "stock", "field": ["id"]]] {
            #expect(throws: SettingsError.self) { try settings.decode(ForwardEvent.Settings.self) }
        }
    }
}
