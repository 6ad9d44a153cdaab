import Foundation
import Testing
import Vocabulary

struct JSONWriterTests {
    private func text(_ value: JSONValue) throws -> String {
        String(decoding: try value.canonicalData(), as: UTF8.self)
    }

    private func encoded(_ value: JSONValue) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    @Test(
        arguments: [
            (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (.integer(.min), "-9223372036854775808"),
            ([], "[]"), ([:], "{}"), ([1, [], ["a": [:]]], #"[1,[],{"a":{}}]"#), ("", #""""#),
            ("é/😀\u{2028}\u{7F}", "\"é/😀\u{2028}\u{7F}\""),
        ] as [(JSONValue, String)])
    func `writes`(value: JSONValue, expected: String) throws {
        #expect(try text(value) == expected)
    }

    @Test func `escapes what must be escaped and nothing else`() throws {
        let controls = String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) }))
        let expected =
            #"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
            + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"#
        #expect(try text(.string(controls)) == "\"\(expected)\"")
        #expect(try text(#""a\b/""#) == #""\"a\\b/\"""#)
    }

    @Test func `puts members into the order of their bytes`() throws {
        let names = ["b", "B", "a10", "a9", "", "é", "\u{E000}", "😀", "a"]
        let value = JSONValue.object(Dictionary(uniqueKeysWithValues: names.map { ($0, .null) }))
        #expect(
            try text(value)
                == "{\"\":null,\"B\":null,\"a\":null,\"a10\":null,\"a9\":null,\"b\":null,\"é\":null,\"\u{E000}\":null,"
                + "\"😀\":null}")
    }

    @Test(
        arguments: [
            ("2.50", "2.5"), ("-0.000", "0"), ("1e-05", "0.00001"), ("-1.5e-30", "-0.0000000000000000000000000000015"),
            ("1e20", "100000000000000000000"), ("3.0", "3"), ("12345678901234567890.12", "12345678901234567890.12"),
        ])
    func `writes decimals exactly, without an exponent`(written: String, expected: String) throws {
        #expect(try text(JSONValue(parsing: Data(written.utf8))) == expected)
    }

    @Test func `throws for a decimal that is not a number`() {
        #expect(throws: EncodingError.self) { try JSONValue.array([.number(.nan)]).canonicalData() }
    }

    @Test(arguments: 0..<20)
    func `writes what JSONEncoder writes, and reads it again`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<50 {
            let value = try random.value()
            let data = try value.canonicalData()
            #expect(try data == encoded(value))
            #expect(try JSONValue(parsing: data) == value)
            let other = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            #expect(value.isNearly(other))
        }
    }

    @Test func `keeps every spelling of a character`() throws {
        let (short, long) = ("\u{E9}", "e\u{301}")
        #expect(try text(.string(short)).unicodeScalars.elementsEqual("\"\(short)\"".unicodeScalars))
        #expect(try text(.string(long)).unicodeScalars.elementsEqual("\"\(long)\"".unicodeScalars))
    }
}

extension JSONValue {
    /// Whether it is what `JSONSerialization` made of the same text, numbers as near as a `Double` can be.
    fileprivate func isNearly(_ other: Any) -> Bool {
        switch self {
        case .null: other is NSNull
        case .bool(let value): other as? Bool == value
        case .integer, .number:
            (other as? NSNumber).map { number in
                let own = Double("\(decimal ?? 0)") ?? .nan
                return abs(own - number.doubleValue) <= abs(own) * 1e-12
            } ?? false
        case .string(let value): other as? String == value
        case .array(let elements):
            (other as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy { $0.isNearly($1) } }
                ?? false
        case .object(let members):
            (other as? [String: Any]).map { others in
                others.count == members.count && members.allSatisfy { $1.isNearly(others[$0] as Any) }
            } ?? false
        }
    }
}
