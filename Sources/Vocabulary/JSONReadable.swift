import Foundation

/// A type that is read from one JSON value, without a container.
protocol JSONReadable {
    /// Whether the kind of value is the right one.
    static func fits(_ value: JSONValue) -> Bool

    /// - Returns: `nil` for a value of the right kind that the type cannot hold.
    init?(_ value: JSONValue)
}

extension JSONValue: JSONReadable {
    static func fits(_ value: JSONValue) -> Bool { true }
    init?(_ value: JSONValue) { self = value }
}

extension Bool: JSONReadable {
    static func fits(_ value: JSONValue) -> Bool { value.bool != nil }

    init?(_ value: JSONValue) {
        guard let bool = value.bool else { return nil }
        self = bool
    }
}

// MARK: - Texts

/// Read from a text.
private protocol JSONText: JSONReadable {
    init?(text: String)
}

extension JSONText {
    static func fits(_ value: JSONValue) -> Bool { value.string != nil }

    init?(_ value: JSONValue) {
        guard let text = value.string else { return nil }
        self.init(text: text)
    }
}

extension String: JSONText {
    fileprivate init?(text: String) { self = text }
}

extension URL: JSONText {
    fileprivate init?(text: String) { self.init(string: text) }
}

extension Data: JSONText {
    fileprivate init?(text: String) { self.init(base64Encoded: text) }
}

// MARK: - Numbers

/// Read from a number.
private protocol JSONNumeric: JSONReadable {
    init?(integer: Int64)
    init?(decimal: Decimal)
}

extension JSONNumeric {
    static func fits(_ value: JSONValue) -> Bool {
        switch value {
        case .integer, .number: true
        default: false
        }
    }

    init?(_ value: JSONValue) {
        switch value {
        case .integer(let integer): self.init(integer: integer)
        case .number(let decimal): self.init(decimal: decimal)
        default: return nil
        }
    }
}

extension JSONNumeric where Self: FixedWidthInteger {
    fileprivate init?(integer: Int64) { self.init(exactly: integer) }
    fileprivate init?(decimal: Decimal) { self.init(decimal.description) }
}

extension Int: JSONNumeric {}
extension Int8: JSONNumeric {}
extension Int16: JSONNumeric {}
extension Int32: JSONNumeric {}
extension Int64: JSONNumeric {}
extension UInt: JSONNumeric {}
extension UInt8: JSONNumeric {}
extension UInt16: JSONNumeric {}
extension UInt32: JSONNumeric {}
extension UInt64: JSONNumeric {}

extension JSONNumeric where Self: BinaryFloatingPoint & LosslessStringConvertible {
    fileprivate init?(integer: Int64) { self.init(integer) }

    /// By way of the digits, which gives the nearest number there is.
    fileprivate init?(decimal: Decimal) {
        guard let number = Self(decimal.description), number.isFinite else { return nil }
        self = number
    }
}

extension Double: JSONNumeric {}
extension Float: JSONNumeric {}

extension Decimal: JSONNumeric {
    fileprivate init?(integer: Int64) { self.init(integer) }
    fileprivate init?(decimal: Decimal) { self = decimal }
}
