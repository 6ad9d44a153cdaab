import Bellhop

/// A return that a customer asks for. The webhook says how many of what and why, but neither products nor money.
public struct ReturnRequest: Decodable, Sendable {
    let order: OrderReference
    let totalReturnLineItems: Int?
    let returnLineItems: [Item]?
    let totalExchangeLineItems: Int?

    enum CodingKeys: String, CodingKey {
        case order
        case totalReturnLineItems = "total_return_line_items"
        case returnLineItems = "return_line_items"
        case totalExchangeLineItems = "total_exchange_line_items"
    }

    struct OrderReference: Decodable, Sendable {
        let id: Int64
    }

    struct Item: Decodable, Sendable {
        let quantity: Int?
        /// For example `defective`, `size_too_small` or `unknown`.
        let reason: String?
        /// What the staff noted.
        let reasonNote: String?
        let customerNote: String?

        enum CodingKeys: String, CodingKey {
            case quantity
            case reason = "return_reason"
            case reasonNote = "return_reason_note"
            case customerNote = "customer_note"
        }

        var givesReason: Bool {
            let named = reason.map { !["", "unknown", "other"].contains($0.lowercased()) } ?? false
            let noted = [reasonNote, customerNote].contains { $0?.contains { !$0.isWhitespace } == true }
            return named || noted
        }
    }

    /// Whether any item says why it comes back.
    var givesReasons: Bool {
        (returnLineItems ?? []).contains(where: \.givesReason)
    }

    var promptData: PromptData {
        [
            "items": .array(
                (returnLineItems ?? []).prefix(20).map { item in
                    [
                        "quantity": .int(item.quantity),
                        "reason": .text(item.reason, limit: 100),
                        "staff_note": .text(item.reasonNote, limit: 1_000),
                        "customer_note": .text(item.customerNote, limit: 1_000),
                    ]
                }),
            "number_of_items": .int(totalReturnLineItems ?? returnLineItems?.count ?? 0),
            "wants_exchange": .bool((totalExchangeLineItems ?? 0) > 0),
        ]
    }
}
