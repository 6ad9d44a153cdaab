import Bellhop
import Foundation
import InboxCore
import Privacy
import Testing

@Suite("Whom a payload concerns")
struct SubjectReaderTests {
    private func read(_ topic: Topic, _ body: String) -> SubjectReading {
        SubjectReader.read(
            Delivery(
                sender: "shopify", shop: .example, topic: topic, webhookID: "w", body: Data(body.utf8),
                bodyHash: Data(), receivedAt: Date(timeIntervalSince1970: 0)))
    }

    @Test(arguments: [
        (Topic("orders/create"), #"{"id":1}"#, [Subject.order(1)]),
        ("customers/update", #"{"id":1}"#, [.customer(1)]),
        ("products/update", #"{"id":1}"#, []),
        ("refunds/create", #"{"id":1,"order_id":2}"#, [.order(2)]),
        ("returns/request", #"{"order":{"id":2}}"#, [.order(2)]),
        ("orders/create", #"{"customer":{"id":820982911946154508}}"#, [.customer(820_982_911_946_154_508)]),
        ("order/update", #"{"data":{"order":{"id":"gid://shopify/Order/5"}}}"#, [.order(5)]),
        ("review/created", #"{"review":{"reviewer":{"external_id":9}}}"#, [.customer(9)]),
        ("customers/redact", #"{"orders_to_redact":[3,"4"]}"#, [.order(3), .order(4)]),
        ("carts/update", #"{"phone":"555"}"#, []),
        ("carts/update", #"{"note":"write to zoe@example.com","id":4}"#, []),
        ("carts/update", #"{"price":"123456.00","total":123456}"#, []),
    ])
    func `ids in fields of their own count`(topic: Topic, body: String, subjects: [Subject]) {
        #expect(read(topic, body) == .read(Set(subjects)))
    }

    @Test func `addresses and numbers are compared in one spelling`() {
        let one = read("carts/update", #"{"email":" Zoe.B@Example.COM ","phone":"+1 (310) 555-0142"}"#)
        let other = read("carts/update", #"{"a":["zoe.b@example.com"],"x":{"default_phone":"13105550142"}}"#)
        #expect(one == other)
        #expect(one != .read([]))
    }

    @Test(arguments: ["", "not JSON", #"{"id":1"#, String(repeating: "[", count: 300)])
    func `what is not JSON has to be searched`(body: String) {
        #expect(read("orders/create", body) == .unreadable)
    }

    @Test func `a body that names more than is kept has to be searched`() {
        let ids = (0...10_001).map(String.init).joined(separator: ",")
        #expect(read("carts/update", #"{"order_ids":[\#(ids)]}"#) == .unreadable)
    }
}
