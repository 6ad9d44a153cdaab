import Foundation
import TestSupport
import Vocabulary

/// Makes JSON values and numbers at random; the same seed gives the same ones.
struct RandomJSON {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// - Parameter depth: how deep lists and objects may be nested.
    mutating func value(depth: Int = 4) throws -> JSONValue {
        switch number(below: depth > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(integer())
        case 3: return try JSONValue(parsing: Data(numberText().utf8))
        case 4, 5: return .string(text())
        case 6: return .array(try (0..<number(below: 5)).map { _ in try value(depth: depth - 1) })
        default:
            let members = try (0..<number(below: 6)).map { _ in (text(), try value(depth: depth - 1)) }
            return .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// A number as JSON writes it, of moderate size.
    mutating func numberText() -> String {
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(number(below: 10)) }.joined()
        }
        var text = Bool.random(using: &generator) ? "-" : ""
        text += number(below: 3) == 0 ? "0" : "\(1 + number(below: 9))\(digits(number(below: 22)))"
        if number(below: 2) == 0 { text += "." + digits(1 + number(below: 12)) }
        if number(below: 3) == 0 {
            text += ["e", "E", "e+", "E-", "e-"][number(below: 5)] + "\(number(below: 40))"
        }
        return text
    }

    /// The bytes with one of them changed, taken out or put in.
    mutating func damage(_ data: Data) -> Data {
        var bytes = [UInt8](data)
        guard !bytes.isEmpty else { return data }
        let place = number(below: bytes.count)
        let byte = Array("{}[]\",:0-9.e\\ut\u{7f}\u{1}".utf8)[number(below: 17)]
        switch number(below: 3) {
        case 0: bytes[place] = byte
        case 1: bytes.remove(at: place)
        default: bytes.insert(byte, at: place)
        }
        return Data(bytes)
    }

    private mutating func integer() -> Int64 {
        let bits = number(below: 64)
        return Int64(bitPattern: generator.next()) >> Int64(bits)
    }

    private mutating func text() -> String {
        let scalars: [ClosedRange<UInt32>] = [
            0x00...0x7F, 0x20...0x7E, 0x20...0x7E, 0x22...0x5C, 0x80...0x7FF, 0x2028...0x2029, 0xE000...0xFFFF,
            0x1_F600...0x1_F64F,
        ]
        var text = ""
        for _ in 0..<number(below: 12) {
            let scalar = UInt32.random(in: scalars[number(below: scalars.count)], using: &generator)
            Unicode.Scalar(scalar).map { text.unicodeScalars.append($0) }
        }
        return text
    }

    private mutating func number(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &generator)
    }
}
