import Bellhop
import Foundation

/// The resource that a delivery is about, and how new what it tells of it is. Only to be read once the signature holds.
struct ResourceVersion: Sendable, Hashable {
    /// For example `Order/6021473918231`; `nil` when neither body nor headers tell.
    var resource: String?
    /// `nil` also where the resource is another than the one that the body describes: then its times do not compare.
    var version: Date?

    /// Topics about things that belong to an order and go in its order.
    private static let ofOrders: Set = ["refunds", "returns", "fulfillments", "order_transactions"]
    private static let prefix = "gid://shopify/"

    /// Whether what a topic is about belongs to an order, which its bodies name.
    static func isOfOrder(_ topic: Topic) -> Bool {
        ofOrders.contains(family(of: topic))
    }

    init(topic: Topic, scan: PayloadScan, headers: KeptHeaders, triggeredAt: Date?) {
        let family = Self.family(of: topic)
        if Self.ofOrders.contains(family), let order = scan.orderID ?? headers["x-shopify-order-id"],
            let order = Self.number(in: order)
        {
            resource = "Order/\(order)"
            return
        }
        resource =
            scan.globalID.flatMap(Self.resource) ?? scan.id.flatMap(Self.resource)
            ?? scan.id.flatMap { Self.resource(family, id: $0) } ?? Self.hint(family, headers)
        guard resource != nil else { return }
        version =
            scan.updatedAt.flatMap { Timestamp.parse($0) } ?? triggeredAt
            ?? scan.createdAt.flatMap { Timestamp.parse($0) }
    }

    private static func family(of topic: Topic) -> String {
        String(topic.rawValue.prefix { $0 != "/" })
    }

    /// The part of a global id that names the resource.
    private static func resource(_ globalID: String) -> String? {
        guard globalID.hasPrefix(prefix) else { return nil }
        let rest = globalID.dropFirst(prefix.count)
        return rest.utf8.contains(UInt8(ascii: "/")) ? String(rest) : nil
    }

    /// A plain id with a kind made of its topic: that of `draft_orders/update` is `DraftOrder`.
    private static func resource(_ family: String, id: String) -> String? {
        guard !id.isEmpty, id.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }) else {
            return nil
        }
        let words = family.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let kind = words.hasSuffix("s") ? String(words.dropLast()) : words
        return kind.isEmpty ? nil : "\(kind)/\(id)"
    }

    /// What a header says whose value the signature does not cover: good enough for an order of running.
    private static func hint(_ family: String, _ headers: KeptHeaders) -> String? {
        switch family {
        case "orders": headers["x-shopify-order-id"].flatMap(number).map { "Order/\($0)" }
        case "products": headers["x-shopify-product-id"].flatMap(number).map { "Product/\($0)" }
        default: nil
        }
    }

    /// The digits of an order's id, given plain or as a global id.
    private static func number(in text: String) -> String? {
        let digits = text.hasPrefix(prefix) ? text.drop { $0 != "/" }.split(separator: "/").last ?? "" : text[...]
        let isNumber = (1...20).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? String(digits) : nil
    }
}
