import Bellhop
import InboxCore

/// What the body of a webhook about people's rights says.
///
/// The headers that say which topic and which shop it is for are not signed: only what the body says by itself counts.
/// The bodies of other topics name no shop at their top, but for those about the shop itself, which name it as
/// `myshopify_domain` alone.
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
        let member = topic == "app/uninstalled" ? "myshopify_domain" : "shop_domain"
        guard let domain = body[member]?.string, Shop(domain: domain) == shop else { return false }
        return Self.members(foreignTo: topic).allSatisfy { body[$0] == nil }
    }

    /// What only the bodies of others of these topics have.
    private static func members(foreignTo topic: Topic) -> [String] {
        switch topic {
        case "shop/redact": ["customer", "orders_to_redact", "orders_requested", "data_request"]
        case "customers/redact": ["orders_requested", "data_request"]
        case "customers/data_request": ["orders_to_redact"]
        default: []
        }
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
