import Bellhop
import Foundation
import HTTPTypes
import InboxCore

@testable import Listener

extension FuzzTarget {
    /// What the door finds in a body without parsing it, held against a parser.
    static let bodies = FuzzTarget(name: "bodies", seeds: ["samples/returns", "samples/refunds"]) { data in
        let scan = PayloadScan(data)
        for value in [scan.id, scan.globalID, scan.orderID, scan.updatedAt, scan.createdAt].compactMap({ $0 }) {
            try require(value.utf8.count <= PayloadScan.longestValue, "a value is long")
            try require(value.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a value is more than visible ASCII")
        }
        for topic: Topic in ["orders/create", "refunds/create", "product_feeds/update", "customers/redact"] {
            let about = ResourceVersion(topic: topic, scan: scan, headers: KeptHeaders([:]), triggeredAt: nil)
            try require(about.resource.map { $0.contains("/") } ?? true, "a resource has no type")
        }
        guard let value = try? JSONValue(parsing: data) else { return }
        try checkShop(data, value)
        // Written anew every key is there once, and spelled in one way.
        try require(
            PayloadScan(try value.canonicalData()) == PayloadScan(parsed: value), "the parser finds other values")
    }

    private static func checkShop(_ data: Data, _ value: JSONValue) throws {
        let named = ["shop_domain", "myshopify_domain"].compactMap { value[$0]?.string }
        let isAnother = !named.allSatisfy { $0.lowercased() == Shop.example.domain }
        for topic in Topic.obliged {
            let shop = BodyShop(named: data, under: topic, claiming: .example)
            try require((shop == .another) == isAnother, "a body names a shop that is not in it, or hides one that is")
            let key = topic == "app/uninstalled" ? "myshopify_domain" : "shop_domain"
            try require(shop != .same || value[key]?.string != nil, "a body proves what it does not say")
        }
    }
}

extension PayloadScan {
    /// The same by way of a parser, from a value that is written with its keys in order.
    fileprivate init(parsed value: JSONValue) {
        self.init()
        id = Self.text(value["id"])
        globalID = Self.text(value["admin_graphql_api_id"])
        updatedAt = Self.text(value["updated_at"])
        createdAt = Self.text(value["created_at"])
        let order = value["order"]
        orderID = [order?["admin_graphql_api_id"], order?["id"], value["order_id"]].compactMap(Self.text).first
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .integer, .number:
            guard let written = try? value?.canonicalData(), written.count <= longestValue,
                written.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            return String(decoding: written, as: UTF8.self)
        case .string(let text):
            let isPlain = text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            return isPlain && text.utf8.count <= longestValue ? text : nil
        default: return nil
        }
    }
}
