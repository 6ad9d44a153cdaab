import Foundation
import Testing
import Vocabulary

/// Agreement with `JSONDecoder` on values that fit and on values that do not.
struct JSONValueDecoderTests {
    struct Order: Codable, Hashable {
        enum Kind: String, Codable { case gift, sample }

        enum Payment: Codable, Hashable {
            case card(digits: String)
            case none
        }

        struct Line: Codable, Hashable {
            var sku: String
            var count: Int?
        }

        var kind: Kind
        var payment: Payment
        var lines: [Line]
        var notes: [String: String?]
        var paidAt: Date?
        var total: Decimal
    }

    /// What becomes of an attempt: the value, or the kind of error and its place.
    private enum Outcome<Value: Equatable>: Equatable {
        case value(Value)
        case error(String)

        init(_ body: () throws -> Value) {
            do {
                self = .value(try body())
            } catch let error as DecodingError {
                self = .error(Self.description(of: error))
            } catch {
                self = .error("another error")
            }
        }

        private static func description(of error: DecodingError) -> String {
            // Foundation calls a null in place of a Bool a mismatch, and gives numbers that do not fit no place.
            let (kind, context): (String, DecodingError.Context?) =
                switch error {
                case .typeMismatch(_, let context), .valueNotFound(_, let context): ("mismatch", context)
                case .keyNotFound(let key, let context): ("no \(key.stringValue)", context)
                case .dataCorrupted: ("corrupted", nil)
                @unknown default: ("a new kind", nil)
                }
            return "\(kind) at \(context?.codingPath.map(\.stringValue) ?? [])"
        }
    }

    private static let values = [
        "null", "true", "0", "1", "-1", "127", "128", "255", "256", "65536", "4294967296", "9223372036854775807",
        "-9223372036854775808", "18446744073709551615", "18446744073709551616", "0.5", "-2.75", "1e30", "1e-30",
        "1e100", "1e126", "3.0", "\"\"", "\"text\"", "\"aGVsbG8=\"", "\"https://a.example.com/x?y=1\"", "[]", "[1,2]",
        "[1,null]", "[[1],[]]", "[true]", "{}", #"{"a":1}"#, #"{"a":null}"#, #"{"1":1}"#, #"{"x":{}}"#,
        #"{"a":{"b":[1]}}"#,
    ]

    private func expectAgreement<Value: Decodable & Equatable>(_ type: Value.Type, on text: String) throws {
        let value = try JSONValue(parsing: Data(text.utf8))
        let own = Outcome { try value.decode(type) }
        let other = Outcome { try JSONDecoder().decode(type, from: Data(text.utf8)) }
        #expect(own == other, "\(type) from \(text)")
    }

    @Test(arguments: values)
    func `agrees on single values`(text: String) throws {
        try expectAgreement(Bool.self, on: text)
        try expectAgreement(String.self, on: text)
        try expectAgreement(Int.self, on: text)
        try expectAgreement(Int8.self, on: text)
        try expectAgreement(Int16.self, on: text)
        try expectAgreement(Int32.self, on: text)
        try expectAgreement(Int64.self, on: text)
        try expectAgreement(UInt.self, on: text)
        try expectAgreement(UInt8.self, on: text)
        try expectAgreement(UInt16.self, on: text)
        try expectAgreement(UInt32.self, on: text)
        try expectAgreement(UInt64.self, on: text)
        try expectAgreement(Double.self, on: text)
        try expectAgreement(Float.self, on: text)
        try expectAgreement(Decimal.self, on: text)
        try expectAgreement(Date.self, on: text)
        try expectAgreement(URL.self, on: text)
        try expectAgreement(Data.self, on: text)
        try expectAgreement(JSONValue.self, on: text)
    }

    @Test(arguments: values)
    func `agrees on lists and objects`(text: String) throws {
        try expectAgreement([Int].self, on: text)
        try expectAgreement([Int?].self, on: text)
        try expectAgreement([[Int]].self, on: text)
        try expectAgreement(Set<Int>.self, on: text)
        try expectAgreement([String: Int].self, on: text)
        try expectAgreement([String: Int?].self, on: text)
        try expectAgreement([Int: Int].self, on: text)
        try expectAgreement([String: [String: [Int]]].self, on: text)
        try expectAgreement(Int?.self, on: text)
    }

    private static let order = #"""
        {"kind":"gift","payment":{"card":{"digits":"1234"}},"lines":[{"sku":"A"},{"sku":"B","count":2}],
        "notes":{"x":null,"y":"z"},"paidAt":760000000.5,"total":12.30,"more":[1]}
        """#

    @Test(
        arguments: [
            ("", ""), (#""gift""#, #""other""#), (#""kind":"gift","#, ""), (#"{"digits":"1234"}"#, "{}"),
            (#"{"card":{"digits":"1234"}}"#, #"{"none":{}}"#), (#"{"card":{"digits":"1234"}}"#, #"{"cash":{}}"#),
            (#"{"sku":"A"}"#, #"{"sku":7}"#), (#"{"sku":"A"}"#, "{}"), (#"{"sku":"A"}"#, "null"),
            (#""count":2"#, #""count":null"#), (#""count":2"#, #""count":"2""#), (#""count":2"#, #""count":2.5"#),
            ("760000000.5", "null"), ("12.30", "\"12.30\""), (#"{"x":null,"y":"z"}"#, "null"),
        ])
    func `agrees on types of one's own`(part: String, replacement: String) throws {
        let text = part.isEmpty ? Self.order : Self.order.replacingOccurrences(of: part, with: replacement)
        try expectAgreement(Order.self, on: text)
    }

    @Test func `reads what a type reads by hand`() throws {
        struct Pair: Decodable, Equatable {
            var first: Int
            var rest: [String]
            var isLast: Bool

            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                first = try container.decode(Int.self)
                var inner = try container.nestedUnkeyedContainer()
                rest = []
                while !inner.isAtEnd { rest.append(try inner.decodeNil() ? "" : inner.decode(String.self)) }
                isLast = container.isAtEnd
            }
        }
        for text in [#"[1,["a",null,"b"]]"#, #"[1,[],0]"#, "[1]", "[]", "[1,{}]", #"[1,["a",2]]"#] {
            try expectAgreement(Pair.self, on: text)
        }
    }

    @Test func `lets a subclass read from the place of its own`() throws {
        class Base: Decodable {
            var id: Int
        }
        final class Derived: Base {
            var name: String

            enum Names: CodingKey { case name }

            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Names.self)
                name = try container.decode(String.self, forKey: .name)
                try super.init(from: container.superDecoder())
            }
        }
        let derived = try JSONValue.object(["name": "a", "super": ["id": 7]]).decode(Derived.self)
        #expect(derived.id == 7)
        #expect(derived.name == "a")
    }

    @Test func `does not round what is no whole number`() throws {
        let value = try JSONValue(parsing: Data("30008993885511804.5".utf8))
        #expect(throws: DecodingError.self) { try value.decode(Int64.self) }
    }

    @Test func `never quotes a value`() throws {
        let value: JSONValue = ["kind": "s3cret", "size": 987_654_321]
        let errors = [
            #expect(throws: DecodingError.self) { try value.decode([String: Int].self) },
            #expect(throws: DecodingError.self) { try value.decode([String: Data].self) },
            #expect(throws: DecodingError.self) { try value["size"]?.decode(Int8.self) },
        ]
        #expect(!"\(errors)".contains("s3cret"))
        #expect(!"\(errors)".contains("987"))
    }
}
