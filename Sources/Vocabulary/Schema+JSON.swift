import Foundation

extension Schema {
    /// The schema as JSON Schema with all its bounds, for a prompt and for servers that take the whole of it.
    ///
    /// See ``strictJSON`` for those that refuse bounds.
    public var json: JSONValue {
        var members = kind.members
        if let hint {
            members["description"] = .string(hint)
        }
        return .object(members)
    }
}

extension Schema.Kind {
    fileprivate var members: [String: JSONValue] {
        switch self {
        case .boolean:
            ["type": "boolean"]
        case .integer(let range):
            ["type": "integer"].merging(bounds(range.map { (.integer($0.lowerBound), .integer($0.upperBound)) }))
        case .number(let range):
            ["type": "number"].merging(bounds(range.map { (exact($0.lowerBound), exact($0.upperBound)) }))
        case .string(let length):
            [
                "type": "string", "minLength": .integer(Int64(length.lowerBound)),
                "maxLength": .integer(Int64(length.upperBound)),
            ]
        case .choice(let choices):
            ["type": "string", "enum": .array(choices.map { .string($0) })]
        case .array(let element, let count):
            [
                "type": "array", "items": element.json, "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ]
        case .object(let properties):
            [
                "type": "object",
                "properties": .object(
                    Dictionary(properties.map { ($0.name, $0.schema.json) }, uniquingKeysWith: { _, last in last })),
                "required": .array(properties.map { .string($0.name) }),
                "additionalProperties": false,
            ]
        case .nullable(let schema):
            ["anyOf": [schema.json, ["type": "null"]]]
        }
    }

    /// The number as its shortest decimal digits, so that 0.1 stays 0.1.
    private func exact(_ number: Double) -> JSONValue {
        Decimal(string: "\(number)").map { .number($0) } ?? .null
    }

    private func bounds(_ pair: (JSONValue, JSONValue)?) -> [String: JSONValue] {
        pair.map { ["minimum": $0.0, "maximum": $0.1] } ?? [:]
    }
}

extension [String: JSONValue] {
    fileprivate func merging(_ other: [String: JSONValue]) -> [String: JSONValue] {
        merging(other) { _, new in new }
    }
}
