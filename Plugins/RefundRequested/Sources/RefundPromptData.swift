import Bellhop

extension Refund {
    private static let listLimit = 20

    var promptData: PromptData {
        [
            "staff_note": .text(note),
            "follows_a_return": .bool(origin != nil),
            "items": .array(
                (lineItems ?? []).prefix(Refund.listLimit).map { item in
                    [
                        "name": .text(item.lineItem?.name, limit: 300),
                        "quantity": .int(item.quantity),
                        "subtotal": .text(item.subtotal?.description),
                        "tax": .text(item.totalTax?.description),
                        "restock": .text(item.restockType, limit: 50),
                    ]
                }),
            "adjustments": .array(
                (adjustments ?? []).prefix(Refund.listLimit).map { adjustment in
                    [
                        "kind": .text(adjustment.kind, limit: 100),
                        "reason": .text(adjustment.reason, limit: 500),
                        "amount": .text(adjustment.amount?.description),
                    ]
                }),
            "paid_back": .text(totalPaidBack?.description),
            "currency": .text(currency, limit: 10),
        ]
    }
}
