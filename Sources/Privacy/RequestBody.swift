import Bellhop
import InboxCore

/// What the body of a webhook about people's rights says.
struct RequestBody {
    let subjects: Set<Subject>
    private let body: JSONValue

    /// - Returns: `nil` when the body is not JSON.
    init?(_ delivery: Delivery) {
        guard let body = try? JSONValue(parsing: delivery.body) else { return nil }
        self.body = body
        subjects = Self.subjects(in: body)
    }

    /// Whether the body is one of the topic, and names the shop.
    func bearsOut(_ topic: Topic, of shop: Shop) -> Bool {
        topic.isBorneOut(by: body, of: shop)
    }

    private static func subjects(in body: JSONValue) -> Set<Subject> {
        let customer = body["customer"]
        var subjects: Set<Subject> = []
        if let id = customer?["id"].flatMap(GlobalID.number) { subjects.insert(.customer(id)) }
        if let email = customer?["email"]?.string.flatMap(Subject.email) { subjects.insert(email) }
        if let phone = customer?["phone"]?.string.flatMap(Subject.phone) { subjects.insert(phone) }
        for list in ["orders_to_redact", "orders_requested"] {
            for id in body[list]?.elements ?? [] {
                if let number = GlobalID.number(id) { subjects.insert(.order(number)) }
            }
        }
        return subjects
    }
}
