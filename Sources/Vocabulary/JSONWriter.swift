import Foundation

/// Writes JSON text without white space, members in the order of their names' bytes unless told otherwise, slashes as
/// they are.
///
/// `JSONEncoder` walks a value by way of boxes and containers, which takes many times as long.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the properties of a JSON Schema stand in the order in which its `required` names them.
    private let keepsSchemaOrder: Bool

    init(keepsSchemaOrder: Bool = false) {
        self.keepsSchemaOrder = keepsSchemaOrder
    }

    /// - Throws: `EncodingError.invalidValue` for a decimal that is not a number, which JSON cannot hold.
    mutating func write(_ value: JSONValue) throws {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): try write(value)
        case .string(let value): write(value)
        case .array(let elements): try write(elements)
        case .object(let members): try write(members, named: Self.sorted(members.keys))
        }
    }

    private mutating func write(_ number: Decimal) throws {
        guard !number.isNaN else {
            throw EncodingError.invalidValue(
                number, .init(codingPath: [], debugDescription: "JSON has no number that is not a number"))
        }
        bytes += number.description.utf8
    }

    private mutating func write(_ elements: [JSONValue]) throws {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            try write(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [String: JSONValue], named names: [String]) throws {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for name in names {
            guard let value = members[name] else { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(name)
            bytes.append(UInt8(ascii: ":"))
            if name == "properties", case .object(let properties) = value, let order = schemaOrder(of: members) {
                try write(properties, named: order)
            } else {
                try write(value)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// The names of a schema's properties in the order of its `required`, if that names each of them once.
    private func schemaOrder(of schema: [String: JSONValue]) -> [String]? {
        guard keepsSchemaOrder, let properties = schema["properties"]?.members else { return nil }
        let required = (schema["required"]?.elements ?? []).compactMap(\.string)
        return required.count == properties.count && Set(required) == Set(properties.keys) ? required : nil
    }

    private static func sorted(_ names: some Sequence<String>) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

// MARK: - Texts

extension JSONWriter {
    private mutating func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() where Self.mustBeEscaped(byte) {
                bytes += utf8[start..<index]
                escape(byte)
                start = index + 1
            }
            bytes += utf8[start...]
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        default: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
        }
    }
}
