/// What a model's answer must look like: the part of JSON Schema that providers accept in strict mode.
///
/// ```swift
/// static let schema: Schema = .object([
///     "label": .string(oneOf: ["happy", "mixed", "unhappy"]),
///     "confidence": .number(0...1),
///     "themes": .array(of: .string(maxLength: 40), count: 0...5),
/// ])
/// ```
///
/// Every property of an object is required and no other is allowed; say ``nullable`` for one that may have no value.
public struct Schema: Sendable, Hashable {
    indirect enum Kind: Sendable, Hashable {
        case boolean
        case integer(ClosedRange<Int64>?)
        case number(ClosedRange<Double>?)
        case string(length: ClosedRange<Int>)
        case choice([String])
        case array(Schema, count: ClosedRange<Int>)
        case object([Property])
        case nullable(Schema)
    }

    struct Property: Sendable, Hashable {
        var name: String
        var schema: Schema
    }

    var kind: Kind
    var hint: String?

    public static let boolean = Schema(kind: .boolean)

    /// A text of any length up to 10,000 characters.
    public static let string = Schema.string(maxLength: 10_000)

    /// A text whose length in characters lies between the bounds. A character is a Unicode code point, as in JSON
    /// Schema.
    public static func string(minLength: Int = 0, maxLength: Int) -> Schema {
        Schema(kind: .string(length: minLength...Swift.max(minLength, maxLength)))
    }

    /// One of the given words, exactly as written.
    public static func string(oneOf choices: [String]) -> Schema {
        Schema(kind: .choice(choices))
    }

    /// A whole number, inside the range when there is one.
    public static func integer(_ range: ClosedRange<Int64>? = nil) -> Schema {
        Schema(kind: .integer(range))
    }

    /// Any number, inside the range when there is one.
    public static func number(_ range: ClosedRange<Double>? = nil) -> Schema {
        Schema(kind: .number(range))
    }

    /// A list whose number of elements lies in `count`.
    public static func array(of element: Schema, count: ClosedRange<Int> = 0...100) -> Schema {
        Schema(kind: .array(element, count: count))
    }

    /// An object with exactly these properties, in this order.
    public static func object(_ properties: KeyValuePairs<String, Schema>) -> Schema {
        Schema(kind: .object(properties.map { Property(name: $0.key, schema: $0.value) }))
    }

    /// The same, or `null`.
    public var nullable: Schema {
        Schema(kind: .nullable(self), hint: hint)
    }

    /// The same with a sentence that tells the model what the value means.
    public func described(_ hint: String) -> Schema {
        var copy = self
        copy.hint = hint
        return copy
    }
}
