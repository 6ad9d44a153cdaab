import Cryptography
import Foundation
import InboxCore
import Vocabulary

/// Tells a webhook that only shows what we wrote ourselves: each of these fields equals our last write to it. Whatever
/// cannot be compared is no echo.
package struct EchoGuard: Sendable, Hashable {
    /// Top-level fields of the body, at least one.
    package let fields: [String]

    package init(fields: [String]) {
        self.fields = fields
    }

    /// - Parameter written: the digests of our last writes, by field.
    func isEcho(_ body: Data, written: [String: Data]) -> Bool {
        guard !fields.isEmpty, fields.allSatisfy({ written[$0] != nil }), let json = try? JSONValue(parsing: body)
        else { return false }
        return fields.allSatisfy { field in
            guard let value = json[field], let digest = FieldDigest.of(value) else { return false }
            return digest == written[field]
        }
    }
}

/// What a field's value is compared by: equal values have equal digests, and nothing of the value is kept.
enum FieldDigest {
    /// - Returns: `nil` for a number that JSON cannot write.
    static func of(_ value: JSONValue) -> Data? {
        (try? value.canonicalData()).flatMap { try? SHA256.digest(of: $0) }
    }
}
