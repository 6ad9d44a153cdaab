import Foundation
import Vocabulary
import Yams

extension YAMLValue {
    /// The value as JSON, for settings that somebody else decodes.
    ///
    /// - Throws: ``ConfigurationError`` for an alias, and where nothing is written; `null` and `~` are values here.
    func json() throws -> JSONValue {
        switch node {
        case .mapping:
            let members = try mapping().values.map { ($0.key, try $0.value.json()) }
            return .object(Dictionary(members, uniquingKeysWith: { _, last in last }))
        case .sequence:
            return .array(try list().map { try $0.json() })
        case .scalar(let scalar):
            return try json(of: scalar)
        case .alias:
            throw mistake("must not be an alias")
        }
    }

    private func json(of scalar: Node.Scalar) throws -> JSONValue {
        if scalar.style == .singleQuoted || scalar.style == .doubleQuoted { return .string(scalar.string) }
        if scalar.string.isEmpty { try checkThere() }
        if node.null != nil { return .null }
        if let flag { return .bool(flag) }
        if let whole = Int64(scalar.string) { return .integer(whole) }
        if let number = Decimal(plainDigits: scalar.string) { return .number(number) }
        return .string(scalar.string)
    }
}
