import Bellhop
import Console
import Foundation
import InboxCore
import Testing

/// The JSON that programs read.
struct ConsoleJSONTests {
    @Test func `keys have underscores, amounts their unit, and both are read back`() throws {
        let event = EventSummary(
            deliveryID: "d", handlerID: "h", topic: "orders/create",
            shop: try #require(Shop(domain: "a.myshopify.com")), webhookID: "w", state: .done, attempts: 1,
            receivedAt: Date(timeIntervalSince1970: 0.25), cost: USD(nanos: 7_701_200))
        let data = try ConsoleJSON.encode(event)
        let json = try JSONValue(parsing: data)
        #expect(json["delivery_id"] == "d" && json["is_behind"] == false && json["cost_nanos"] == 7_701_200)
        #expect(json["received_at"] == "1970-01-01T00:00:00.250Z")
        #expect(try ConsoleJSON.decode(EventSummary.self, from: data) == event)
    }

    @Test func `names that are data stay as they are`() throws {
        let body: JSONValue = ["lineItems": 1, "line_items": 2, "deliveryID": ["aB": "c_d"]]
        let effect = Effect.post(Effect.Post(to: "stock", body))
        let data = try ConsoleJSON.encode(effect)
        #expect(try JSONValue(parsing: data)["body"] == body)
        #expect(try ConsoleJSON.decode(Effect.self, from: data) == effect)
        let counts = ["signature_wrong": 1, "twoWords": 2]
        let report = RefusalReport(counts: counts)
        #expect(try ConsoleJSON.decode(RefusalReport.self, from: ConsoleJSON.encode(report)).counts == counts)
    }
}
