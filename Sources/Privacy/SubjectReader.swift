import Bellhop
import Foundation
package import InboxCore

/// Finds out whom a payload concerns: customers, e-mail addresses, telephone numbers and orders that it names in fields
/// of their own. What somebody mentions in a sentence is not looked for: a payload belongs to those whom it is about.
package struct SubjectReader: Sendable {
    /// A payload that names more is searched instead.
    private static let most = 10_000

    private var subjects: Set<Subject> = []

    /// Whom a delivery concerns.
    package static func read(_ delivery: Delivery) -> SubjectReading {
        guard let body = try? JSONValue(parsing: delivery.body) else { return .unreadable }
        var reader = SubjectReader()
        reader.take(ownID: body, of: delivery.topic)
        reader.walk(body, under: "")
        return reader.subjects.count > most ? .unreadable : .read(reader.subjects)
    }

    /// The id at the top is that of an order or a customer in the topics that are about those.
    private mutating func take(ownID body: JSONValue, of topic: Topic) {
        guard let id = body["id"] else { return }
        switch topic.rawValue.prefix(while: { $0 != "/" }) {
        case "orders", "order": take(order: id)
        case "customers", "customer": take(customer: id)
        default: break
        }
    }

    /// - Parameter key: of the member that holds the value, or the list that it is in.
    private mutating func walk(_ value: JSONValue, under key: String) {
        guard subjects.count <= Self.most else { return }
        switch value {
        case .null, .bool: break
        case .integer, .number: takeID(value, under: key)
        case .string(let text):
            takeID(value, under: key)
            take(text, under: key)
        case .array(let elements):
            for element in elements { walk(element, under: key) }
        case .object(let members):
            if let id = members["id"] { takeID(id, under: key) }
            for (name, member) in members { walk(member, under: name) }
        }
    }

    private mutating func takeID(_ value: JSONValue, under key: String) {
        switch key {
        case "customer", "customer_id", "external_id", "author": take(customer: value)
        case "order", "order_id", "order_ids", "orders_requested", "orders_to_redact": take(order: value)
        default: break
        }
    }

    private mutating func take(_ text: String, under key: String) {
        if let (type, id) = GlobalID.parts(of: text) {
            if type == "Customer" { subjects.insert(.customer(id)) }
            if type == "Order" { subjects.insert(.order(id)) }
        }
        if text.utf8.contains(UInt8(ascii: "@")), let email = Subject.email(text) { subjects.insert(email) }
        if Self.namesPhone(key), let phone = Subject.phone(text) { subjects.insert(phone) }
    }

    /// Byte by byte: every text of every body comes here, and Foundation's search is that of a word processor.
    private static func namesPhone(_ key: String) -> Bool {
        key.utf8.indices.contains { key.utf8[$0...].starts(with: "phone".utf8) }
    }

    private mutating func take(customer id: JSONValue) {
        if let number = GlobalID.number(id) { subjects.insert(.customer(number)) }
    }

    private mutating func take(order id: JSONValue) {
        if let number = GlobalID.number(id) { subjects.insert(.order(number)) }
    }
}
