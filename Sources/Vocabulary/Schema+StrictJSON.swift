extension Schema {
    /// The schema as JSON Schema for `response_format` with `strict`: the bounds stand in the descriptions.
    ///
    /// Strict mode takes a part of JSON Schema that differs by provider. Anthropic answers 400 to `minimum`, `maximum`,
    /// `minLength`, `maxLength` and most `minItems`, also through OpenRouter; OpenAI did so to lengths of text. The
    /// bounds are checked on every answer anyway (``violations(in:)``).
    public var strictJSON: JSONValue {
        var members = kind.strictMembers
        let sentences = [hint, kind.boundsInWords].compactMap { $0 }
        if !sentences.isEmpty {
            members["description"] = .string(sentences.joined(separator: " "))
        }
        return .object(members)
    }
}

extension Schema.Kind {
    fileprivate var strictMembers: [String: JSONValue] {
        switch self {
        case .boolean: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .string: ["type": "string"]
        case .choice(let choices): ["type": "string", "enum": .array(choices.map { .string($0) })]
        case .array(let element, _): ["type": "array", "items": element.strictJSON]
        case .object(let properties):
            [
                "type": "object",
                "properties": .object(
                    Dictionary(
                        properties.map { ($0.name, $0.schema.strictJSON) }, uniquingKeysWith: { _, last in last })),
                "required": .array(properties.map { .string($0.name) }),
                "additionalProperties": false,
            ]
        case .nullable(let schema): ["anyOf": [schema.strictJSON, ["type": "null"]]]
        }
    }

    fileprivate var boundsInWords: String? {
        switch self {
        case .boolean, .choice, .object, .nullable: nil
        case .integer(let range): range.map { "From \($0.lowerBound) to \($0.upperBound)." }
        case .number(let range): range.map { "From \($0.lowerBound) to \($0.upperBound)." }
        case .string(let length): words(for: length, unit: "characters")
        case .array(_, let count): words(for: count, unit: "elements")
        }
    }

    private func words(for count: ClosedRange<Int>, unit: String) -> String {
        count.lowerBound == 0
            ? "At most \(count.upperBound) \(unit)."
            : "From \(count.lowerBound) to \(count.upperBound) \(unit)."
    }
}
