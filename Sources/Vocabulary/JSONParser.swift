import Foundation

/// Reads JSON text in one pass, strictly by RFC 8259.
///
/// `JSONDecoder` builds a value of unknown shape by trial and error, and each error costs more the deeper it happens:
/// a kilobyte of 500 nested brackets took it five seconds. What strangers send must not be able to do that.
struct JSONParser {
    /// Deeper nesting is refused, which also bounds the stack.
    static let maxDepth = 200

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ data: Data) {
        bytes = [UInt8](data)
    }

    /// The value that the whole text is.
    ///
    /// - Throws: `DecodingError.dataCorrupted`, which names a place but none of the text.
    mutating func parse() throws -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the value") }
        return value
    }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", is: .bool(true))
        case UInt8(ascii: "f"): return try word("false", is: .bool(false))
        case UInt8(ascii: "n"): return try word("null", is: .null)
        default: return try number()
        }
    }

    private mutating func nested(_ body: (inout JSONParser) throws -> JSONValue) throws -> JSONValue {
        guard depth < Self.maxDepth else { throw error("nested more than \(Self.maxDepth) levels deep") }
        depth += 1
        defer { depth -= 1 }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("a colon is missing") }
            let value = try value()
            // As JSONDecoder does, so that both see the same value under a name given twice.
            if members[name] == nil { members[name] = value }
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("an object does not end") }
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("a list does not end") }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, is value: JSONValue) throws -> JSONValue {
        let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw error("not JSON") }
        position += word.utf8CodeUnitCount
        return value
    }
}

// MARK: - Numbers

extension JSONParser {
    private mutating func number() throws -> JSONValue {
        let start = position
        var number = JSONNumber()
        number.isNegative = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits { number.append(digit: $0, isFraction: false) } }
        if take(UInt8(ascii: ".")) { try digits { number.append(digit: $0, isFraction: true) } }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) { number.scale(by: try power()) }
        if let value = number.value { return value }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let decimal = Decimal(string: text), !decimal.isNaN else {
            throw error("a number beyond the range of decimals")
        }
        return Int64(decimal.description).map { .integer($0) } ?? .number(decimal)
    }

    private mutating func power() throws -> Int {
        let isNegative = !take(UInt8(ascii: "+")) && take(UInt8(ascii: "-"))
        var power = 0
        // Beyond any range long before it could overflow.
        try digits { power = min(power * 10 + Int($0), 1_000_000) }
        return isNegative ? -power : power
    }

    private mutating func digits(_ body: (UInt8) -> Void) throws {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            body(byte - UInt8(ascii: "0"))
            position += 1
        }
        guard position > start else { throw error("not JSON") }
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func string() throws -> String {
        guard take(UInt8(ascii: "\"")) else { throw error("a text is missing") }
        let plain = plainBytes()
        if take(UInt8(ascii: "\"")) { return try text(bytes[plain]) }
        var content = Array(bytes[plain])
        while !take(UInt8(ascii: "\"")) {
            guard take(UInt8(ascii: "\\")) else { throw error("a text does not end") }
            try escape(into: &content)
            content += bytes[plainBytes()]
        }
        return try text(content[...])
    }

    /// The bytes up to the next that means something else than itself.
    private mutating func plainBytes() -> Range<Int> {
        let start = position
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
            position += 1
        }
        return start..<position
    }

    private func text(_ content: ArraySlice<UInt8>) throws -> String {
        guard let text = String(validating: content, as: UTF8.self) else { throw error("a text is not UTF-8") }
        return text
    }

    private mutating func escape(into content: inout [UInt8]) throws {
        guard let byte = peek else { throw error("a text does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content += try unicodeEscape().utf8
        default: throw error("an unknown escape")
        }
    }

    /// One character, which may be written as two surrogates.
    private mutating func unicodeEscape() throws -> String {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            units.append(try codeUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw error("half a character") }
        return text
    }

    private mutating func codeUnit() throws -> UInt16 {
        guard position + 4 <= bytes.count else { throw error("an unknown escape") }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
            throw error("an unknown escape")
        }
        position += 4
        return unit
    }
}

// MARK: - Bytes

extension JSONParser {
    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func error(_ problem: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "not valid JSON at byte \(position): \(problem)"))
    }
}
