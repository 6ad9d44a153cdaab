import Foundation

/// What a body says it is about: a few keys at its top, found without parsing the rest.
///
/// One pass over at most ``mostBytes`` bytes, without recursion and without keeping anything but the values looked for.
/// A body that is no JSON object gives what could be found before that showed.
struct PayloadScan: Sendable, Hashable {
    /// What comes later in a body is not looked at.
    static let mostBytes = 1 << 20
    /// Longer values are none of those looked for, in bytes.
    static let longestValue = 200

    /// A number or a text, as it stands in the body; a text without its quotes.
    var id: String?
    var globalID: String?
    var orderID: String?
    var updatedAt: String?
    var createdAt: String?

    /// - Parameter seekingOrder: whether ``orderID`` is looked for. Most bodies have none, so that the rest of them would
    ///   be gone through for it in vain.
    init(_ body: Data, seekingOrder: Bool = true) {
        var scanner = PayloadScanner(seekingOrder: seekingOrder)
        scanner.scan(body.span, upTo: min(body.count, Self.mostBytes), into: &self)
    }

    init() {}

    func isComplete(seekingOrder: Bool) -> Bool {
        id != nil && globalID != nil && (orderID != nil || !seekingOrder) && updatedAt != nil && createdAt != nil
    }

    /// The first value of a key counts.
    ///
    /// - Parameter isInOrder: whether the key stands in the object `order` at the top.
    mutating func take(_ value: String, under key: Key, isInOrder: Bool) {
        switch (isInOrder, key) {
        case (true, .id), (true, .globalID), (false, .orderID): orderID = orderID ?? value
        case (false, .id): id = id ?? value
        case (false, .globalID): globalID = globalID ?? value
        case (false, .updatedAt): updatedAt = updatedAt ?? value
        case (false, .createdAt): createdAt = createdAt ?? value
        case (true, _), (false, .order): break
        }
    }

    enum Key: String, CaseIterable {
        case id
        case globalID = "admin_graphql_api_id"
        case orderID = "order_id"
        case order
        case updatedAt = "updated_at"
        case createdAt = "created_at"
    }
}
