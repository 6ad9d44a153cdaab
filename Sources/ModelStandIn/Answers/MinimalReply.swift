import Foundation
import Vocabulary

/// The smallest value that a JSON schema allows, for questions that nobody wrote an answer to.
///
/// It knows the part of JSON Schema that providers take in strict mode. Sizes are bounded, because the schema comes
/// from outside: a schema that asks for more gets a value that breaks it.
struct MinimalReply {
    /// How many more values and characters there may be.
    private var room = 100_000
    private static let longestText = 10_000

    static func value(for schema: JSONValue) -> JSONValue {
        var reply = MinimalReply()
        return reply.value(for: schema)
    }

    private mutating func value(for schema: JSONValue) -> JSONValue {
        guard room > 0 else { return .null }
        room -= 1
        if let choice = schema["enum"]?[0] ?? schema["const"] {
            return choice
        }
        if let option = schema["anyOf"]?[0] ?? schema["oneOf"]?[0] {
            return value(for: option)
        }
        return switch schema["type"]?.string ?? schema["type"]?[0]?.string {
        case "object": object(schema)
        case "array": array(schema)
        case "string": text(schema)
        case "integer": integer(schema)
        case "number": number(schema)
        case "boolean": true
        default: .null
        }
    }

    private mutating func object(_ schema: JSONValue) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for name in (schema["required"]?.elements ?? []).compactMap(\.string) {
            members[name] = value(for: schema["properties"]?[name] ?? .null)
        }
        return .object(members)
    }

    private mutating func array(_ schema: JSONValue) -> JSONValue {
        let count = Int(clamping: schema["minItems"]?.integer ?? 0)
        var elements: [JSONValue] = []
        while elements.count < count, room > 0 {
            elements.append(value(for: schema["items"] ?? .null))
        }
        return .array(elements)
    }

    private mutating func text(_ schema: JSONValue) -> JSONValue {
        let fewest = Int(clamping: schema["minLength"]?.integer ?? 0)
        let most = Int(clamping: schema["maxLength"]?.integer ?? .max)
        let sample = "stand-in"
        let length = min(max(fewest, min(sample.count, most)), Self.longestText, room)
        room -= length
        return .string(String(sample.prefix(length)) + String(repeating: "x", count: max(0, length - sample.count)))
    }

    private func integer(_ schema: JSONValue) -> JSONValue {
        let lowest = schema["minimum"]?.integer ?? schema["exclusiveMinimum"]?.integer?.next
        let highest = schema["maximum"]?.integer ?? schema["exclusiveMaximum"]?.integer?.previous
        return .integer(lowest ?? min(0, highest ?? 0))
    }

    private func number(_ schema: JSONValue) -> JSONValue {
        if let lowest = schema["minimum"] { return lowest }
        if let below = schema["exclusiveMinimum"]?.decimal { return .number(below + 1) }
        guard let highest = schema["maximum"]?.decimal, highest < 0 else { return 0 }
        return .number(highest)
    }
}

extension Int64 {
    fileprivate var next: Int64 { self == .max ? self : self + 1 }
    fileprivate var previous: Int64 { self == .min ? self : self - 1 }
}
