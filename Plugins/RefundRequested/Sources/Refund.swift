import Bellhop

/// A refund that was made: of items, or of an amount alone. Whether money moved shows in the transactions.
public struct Refund: Decodable, Sendable {
    let orderID: Int64
    /// What the staff noted.
    let note: String?
    /// The return behind the refund, if there is one.
    let origin: Origin?
    let lineItems: [Item]?
    let adjustments: [Adjustment]?
    let transactions: [Transaction]?

    enum CodingKeys: String, CodingKey {
        case note, transactions
        case orderID = "order_id"
        case origin = "return"
        case lineItems = "refund_line_items"
        case adjustments = "order_adjustments"
    }

    struct Origin: Decodable, Sendable {
        let id: Int64?
    }

    struct Item: Decodable, Sendable {
        let quantity: Int?
        /// `return`, `cancel`, `no_restock` or `legacy_restock`.
        let restockType: String?
        let subtotal: MoneyAmount?
        let totalTax: MoneyAmount?
        let lineItem: LineItem?

        enum CodingKeys: String, CodingKey {
            case quantity, subtotal
            case restockType = "restock_type"
            case totalTax = "total_tax"
            case lineItem = "line_item"
        }
    }

    struct LineItem: Decodable, Sendable {
        /// Title and variant.
        let name: String?
    }

    struct Adjustment: Decodable, Sendable {
        /// For example `shipping_refund` or `refund_discrepancy`.
        let kind: String?
        let reason: String?
        let amount: MoneyAmount?
    }

    struct Transaction: Decodable, Sendable {
        let kind: String?
        let status: String?
        let amount: MoneyAmount?
        let currency: String?

        var isPaidBack: Bool {
            kind == "refund" && status == "success"
        }
    }

    /// The sum that went back to the customer; `nil` when no money moved, or in an unknown amount or more than one
    /// currency.
    var totalPaidBack: MoneyAmount? {
        let paid = (transactions ?? []).filter(\.isPaidBack)
        guard let first = paid.first, paid.allSatisfy({ $0.currency == first.currency }) else { return nil }
        return paid.dropFirst().reduce(first.amount) { sum, next in
            guard let sum, let amount = next.amount else { return nil }
            return sum + amount
        }
    }

    /// The currency of what was paid back, for example `USD`.
    var currency: String? {
        (transactions ?? []).first(where: \.isPaidBack)?.currency
    }
}
