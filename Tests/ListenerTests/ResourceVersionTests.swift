import Bellhop
import Foundation
import HTTPTypes
import Testing

@testable import Listener

struct ResourceVersionTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let triggered = Date(timeIntervalSince1970: 1_795_000_000)

    private func about(
        _ topic: Topic, _ body: Data, headers: [String: String] = [:], triggeredAt: Date? = triggered
    ) throws -> ResourceVersion {
        var fields: HTTPFields = [:]
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return ResourceVersion(
            topic: topic, scan: PayloadScan(body), headers: KeptHeaders(fields), triggeredAt: triggeredAt)
    }

    @Test(arguments: [
        ("orders/create/everyday.json", "Order/6021480011287"),
        ("orders/create/gift.wire.json", "Order/6021473918231"),
        ("refunds/create/broken-soap.json", "Order/6021473918231"),
        ("returns/request/defective.json", "Order/6021473918231"),
        ("metaobjects/create/angry.json", "Metaobject/181380303417"),
        ("inventory_levels/update/unbound.json", "InventoryLevel/109872341207?inventory_item_id=47201188315351"),
    ])
    func `every sample tells what it is about`(path: String, resource: String) throws {
        let body = try Data(contentsOf: Self.root.appending(path: "samples/\(path)"))
        let topic = Topic(rawValue: path.split(separator: "/").prefix(2).joined(separator: "/"))
        #expect(try about(topic, body).resource == resource)
    }

    @Test func `the version is when the resource was changed, else when the webhook was triggered`() throws {
        let updated = Data(#"{"id":1,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"}"#.utf8)
        #expect(try about("orders/updated", updated).version == Timestamp.parse("2026-01-02T00:00:00Z"))
        let created = Data(#"{"id":1,"created_at":"2026-01-01T00:00:00Z"}"#.utf8)
        #expect(try about("orders/updated", created).version == Self.triggered)
        #expect(
            try about("orders/updated", created, triggeredAt: nil).version == Timestamp.parse("2026-01-01T00:00:00Z"))
    }

    /// Two refunds of one order are not two versions of one thing.
    @Test func `what goes in another's lane has no version`() throws {
        let body = Data(#"{"id":1,"order_id":2,"created_at":"2026-01-01T00:00:00Z"}"#.utf8)
        let refund = try about("refunds/create", body)
        #expect(refund.resource == "Order/2")
        #expect(refund.version == nil)
        let alone = Data(#"{"id":1,"admin_graphql_api_id":"gid://shopify/Refund/1"}"#.utf8)
        #expect(try about("refunds/create", alone).resource == "Refund/1")
    }

    @Test(arguments: [
        ("orders/paid", #"{"id":12}"#, "Order/12"), ("draft_orders/update", #"{"id":12}"#, "DraftOrder/12"),
        ("carts/update", #"{"id":"eeafa272-x"}"#, "Cart/eeafa272-x"), ("orders/paid", #"{"id":"a/b"}"#, nil),
        ("orders/paid", #"{"id":"gid://elsewhere/Order/1"}"#, nil), ("shop/redact", #"{"shop_id":954889}"#, nil),
        ("orders/paid", "[]", nil),
    ])
    func `a plain id gets its kind from the topic`(topic: Topic, body: String, resource: String?) throws {
        let about = try about(topic, Data(body.utf8))
        #expect(about.resource == resource)
        #expect((about.version == nil) == (resource == nil))
    }

    @Test func `a header is a hint where the body says nothing`() throws {
        let headers = ["X-Shopify-Order-Id": "77", "X-Shopify-Product-Id": "88"]
        let silent = Data(#"{"email":"a@example.com"}"#.utf8)
        #expect(try about("orders/updated", silent, headers: headers).resource == "Order/77")
        #expect(try about("refunds/create", silent, headers: headers).resource == "Order/77")
        #expect(try about("products/update", silent, headers: headers).resource == "Product/88")
        #expect(try about("customers/update", silent, headers: headers).resource == nil)
        #expect(try about("orders/updated", Data(#"{"id":1}"#.utf8), headers: headers).resource == "Order/1")
        #expect(try about("orders/updated", silent, headers: ["X-Shopify-Order-Id": "7'; --"]).resource == nil)
    }
}
