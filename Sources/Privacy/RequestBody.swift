import Bellhop
import InboxCore

/// What the body of a compliance webhook says.
struct RequestBody {
    let subjects: Set<Subject>

    /// - Returns: `nil` when the body is not JSON or names nobody.
    init?(_ delivery: Delivery) {
        guard let body = try? JSONValue(parsing: delivery.body) else { return nil }
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
        guard !subjects.isEmpty else { return nil }
        self.subjects = subjects
    }
}
