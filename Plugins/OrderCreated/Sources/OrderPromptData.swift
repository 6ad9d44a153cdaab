import Bellhop

extension Order {
    /// The most items and codes that are shown to a model.
    private static let listLimit = 20

    /// Whether the customer wrote anything: into the note, an attribute or an item.
    var holdsWords: Bool {
        let notes = [note ?? ""].filter { !$0.allSatisfy(\.isWhitespace) }
        let attributes = ([noteAttributes] + (lineItems ?? []).map(\.properties)).flatMap { $0 ?? [] }
        return !notes.isEmpty || attributes.contains(where: \.isTheCustomers)
    }

    /// What the customer wrote and bought.
    var triageData: PromptData {
        [
            "note": .text(note),
            "note_attributes": .array(Order.shown(noteAttributes, most: 20, limit: 1_000)),
            "items": .array(shownItems),
            "number_of_items": .int(lineItems?.count ?? 0),
        ]
    }

    /// What signals of fraud are about, without saying who the customer is.
    var fraudData: PromptData {
        [
            "total": .text(totalPrice?.description),
            "currency": .text(currency, limit: 10),
            "sales_channel": .text(sourceName, limit: 100),
            "billing_country": .text(billingAddress?.countryCode, limit: 10),
            "shipping_country": .text(shippingAddress?.countryCode, limit: 10),
            "account_age_in_minutes": .int(accountAgeInMinutes),
            "discount_codes": .array(
                (discountCodes ?? []).prefix(Order.listLimit).map { .text($0.code, limit: 100) }),
            "items": .array(shownItems),
            "note": .text(note),
        ]
    }

    private var shownItems: [JSONValue] {
        (lineItems ?? []).prefix(Order.listLimit).map { item in
            [
                "name": .text(item.name, limit: 300),
                "quantity": .int(item.quantity),
                "price": .text(item.price?.description),
                "gift_card": .bool(item.giftCard ?? false),
                "properties": .array(Order.shown(item.properties, most: 5, limit: 200)),
            ]
        }
    }

    private static func shown(_ attributes: [Attribute]?, most: Int, limit: Int) -> [JSONValue] {
        (attributes ?? []).filter(\.isTheCustomers).prefix(most).map { attribute in
            ["name": .text(attribute.name, limit: 100), "value": .text(attribute.value?.string, limit: limit)]
        }
    }
}

extension Order.Attribute {
    /// Attributes whose name starts with `_` belong to apps.
    fileprivate var isTheCustomers: Bool {
        name?.hasPrefix("_") != true
    }
}
