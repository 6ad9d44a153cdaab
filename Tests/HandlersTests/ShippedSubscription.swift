import Bellhop
import Testing
import Yams

/// A file of `webhooks/`.
struct ShippedSubscription: Decodable, Sendable, CustomTestStringConvertible {
    var topic: Topic
    var handler: String
    var filter: String?
    var include_fields: [String]?
    var settings: JSONValue?

    static func all() throws -> [ShippedSubscription] {
        try Repository.names(in: "webhooks").filter { $0.hasSuffix(".yaml") }.map {
            try YAMLDecoder().decode(ShippedSubscription.self, from: Repository.text(of: "webhooks/\($0)"))
        }
    }

    var testDescription: String { "\(topic) for \(handler)" }
}
