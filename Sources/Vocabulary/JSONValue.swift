public import Foundation

/// Any JSON value. Whole numbers that fit stay exact as `Int64`; other numbers are decimals.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Decimal)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads JSON text. Of members with the same name the first counts.
    ///
    /// - Throws: `DecodingError` when the bytes are not JSON, are nested more than 200 levels deep, or hold a number
    ///   beyond the range of `Decimal` (about 1e±127).
    public init(parsing data: Data) throws {
        var parser = JSONParser(data)
        self = try parser.parse()
    }

    /// The member of an object, or `nil` for a missing member or anything but an object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The element of an array, or `nil` when out of range or not an array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The number, whole or not.
    public var decimal: Decimal? {
        switch self {
        case .integer(let value): Decimal(value)
        case .number(let value): value
        default: nil
        }
    }

    public var elements: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    public var members: [String: JSONValue]? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// Compact JSON, members in the order of their names' bytes: equal values give equal bytes.
    ///
    /// Texts are written as they are. Two that Swift holds for equal because they spell a character in two ways (`é` as
    /// one code point or as two) keep their spelling.
    ///
    /// - Throws: `EncodingError` for a decimal that is not a number. No value that was read from JSON holds one.
    public func canonicalData() throws -> Data {
        var writer = JSONWriter()
        try writer.write(self)
        return Data(writer.bytes)
    }

    /// As ``canonicalData()``, but with the properties of a JSON Schema in the order in which its `required` names them:
    /// models write an answer's properties in the order in which its schema has them.
    ///
    /// - Throws: `EncodingError` as ``canonicalData()``.
    public func schemaOrderedData() throws -> Data {
        var writer = JSONWriter(keepsSchemaOrder: true)
        try writer.write(self)
        return Data(writer.bytes)
    }

    /// Reads this value as another type.
    ///
    /// - Throws: `DecodingError` when it does not fit.
    public func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try JSONValueDecoder(value: self, codingPath: []).decode(type)
    }
}

extension JSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

// Not by `nil`: `condition ? nil : value` would quietly become a JSON null where an optional is meant.
extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    public init(stringLiteral value: String) {
        self = .string(value)
    }

    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { _, last in last }))
    }
}
