import Foundation
import Testing
import Vocabulary

/// Agreement with Foundation's readers on what is made at random.
struct JSONParserTests {
    @Test(arguments: 100..<120)
    func `reads numbers as Decimal does`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<100 {
            let text = random.numberText()
            let value = try JSONValue(parsing: Data(text.utf8))
            #expect(value.decimal == Decimal(string: text), "\(text)")
            // Whole numbers that fit are integers however they are written.
            let isWhole = Decimal(string: text).map { Int64($0.description) } != nil
            #expect((value.integer != nil) == (isWhole && Int64("\(value.decimal ?? 0)") != nil), "\(text)")
        }
    }

    @Test(
        arguments: [
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("922337203685477580.7e1", .integer(.max)), ("18446744073709551615", nil), ("18446744073709551616", nil),
            ("0e400", .integer(0)), ("-0.0e-400", .integer(0)), ("1e18", .integer(1_000_000_000_000_000_000)),
            ("1e19", nil), ("100e-2", .integer(1)), ("0.00000000000000000000001e23", .integer(1)),
        ] as [(String, JSONValue?)])
    func `knows whole numbers at the ends of their range`(text: String, expected: JSONValue?) throws {
        let value = try JSONValue(parsing: Data(text.utf8))
        #expect(value == expected ?? Decimal(string: text).map { .number($0) })
    }

    @Test(arguments: [
        "1e400", "1e-400", "-1e128", "1e99999999999999999999999", "1" + String(repeating: "0", count: 400),
    ])
    func `throws for numbers beyond the range of decimals`(text: String) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data("[\(text)]".utf8)) }
    }

    @Test(arguments: 200..<220)
    func `takes damaged text exactly when JSONSerialization does`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<100 {
            let data = random.damage(try random.value().canonicalData())
            // Foundation takes nothing at all for a value.
            if data.isEmpty { continue }
            let own = try? JSONValue(parsing: data)
            let other = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            #expect((own == nil) == (other == nil), "\(String(decoding: data, as: UTF8.self).debugDescription)")
        }
    }

    @Test func `reads texts with and without escapes`() throws {
        let long = String(repeating: "ä€😀 plain ", count: 1000)
        #expect(try JSONValue(parsing: Data("\"\(long)\"".utf8)) == .string(long))
        #expect(try JSONValue(parsing: Data("\"\(long)\\n\(long)\\\\\"".utf8)) == .string("\(long)\n\(long)\\"))
    }

    @Test(arguments: ["\"\u{1F}\"", "\"a\\", "\"a\\\"", "\"\\ud83d\\n\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\""])
    func `throws for texts that do not end or hold half a character`(text: String) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data(text.utf8)) }
    }

    @Test(
        arguments: [[0xFF], [0xC3], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80]]
            as [[UInt8]])
    func `throws for bytes that are not UTF-8`(bytes: [UInt8]) {
        let quote: [UInt8] = [0x22]
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data(quote + bytes + quote)) }
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data(quote + bytes + [0x5C, 0x6E] + quote)) }
    }
}
