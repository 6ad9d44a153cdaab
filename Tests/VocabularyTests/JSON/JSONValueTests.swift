import Foundation
import Testing
import Vocabulary

struct JSONValueTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Data(text.utf8))
    }

    @Test func `keeps whole numbers beyond 2^53 exact`() throws {
        #expect(try parse("9007199254740993") == .integer(9_007_199_254_740_993))
        #expect(try parse("-9223372036854775808") == .integer(.min))
        #expect(try parse("9223372036854775808").integer == nil)
        #expect(try parse("9223372036854775808").decimal == Decimal(string: "9223372036854775808"))
    }

    @Test func `keeps decimals exact`() throws {
        #expect(try parse("0.1").decimal == Decimal(string: "0.1"))
        #expect(try parse("1e-05").decimal == Decimal(string: "0.00001"))
        #expect(
            try parse("123456789012345678901234567890.5").decimal == Decimal(string: "123456789012345678901234567890.5")
        )
    }

    @Test(arguments: ["9007199254740993", "0.1", "0.000066", "-1.25", "123456789012345678901234567890"])
    func `writes numbers as it read them`(text: String) throws {
        #expect(String(decoding: try parse(text).canonicalData(), as: UTF8.self) == text)
    }

    @Test func `tells true from 1 and null from missing`() throws {
        let value = try parse(#"{"a": true, "b": 1, "c": null, "d": "1"}"#)
        #expect(value["a"] == .bool(true))
        #expect(value["b"] == .integer(1))
        #expect(value["c"] == .null)
        #expect(value["d"] == .string("1"))
        #expect(value["e"] == nil)
    }

    @Test func `reads past leading white space`() throws {
        #expect(try parse("\n\n   {}") == [:])
    }

    @Test(arguments: [
        "", " ", "{", "}", "[1", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "[1 2]", "nul", "truth", "\"", "\"\\\"",
        "{} x", "'a'", "\u{0}", "01", "1.", ".5", "+1", "1e", "-", "1e400", "1e-400", "NaN", "\"\n\"", "\"\\x\"",
        "\"\\u12\"", "\"\\u+123\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    ])
    func `throws for what is not JSON or has a number beyond any range`(text: String) {
        #expect(throws: DecodingError.self) { try parse(text) }
    }

    @Test func `throws for text that is not UTF-8`() {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: Data([0x22, 0xC3, 0x28, 0x22])) }
    }

    @Test func `reads every escape`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00é😀""#
        #expect(try parse(text) == .string("\"\\/\u{8}\u{C}\n\r\té😀é😀"))
    }

    @Test func `reads a byte order mark away`() throws {
        #expect(try parse("\u{FEFF}[]") == [])
    }

    @Test func `reads whole numbers as such however they are written`() throws {
        #expect(try parse("[3.0, 1e5, 1E+2, -0, -1.50e1]") == [3, 100_000, 100, 0, -15])
    }

    @Test(arguments: [(200, true), (201, false), (1_000_000, false)])
    func `reads nesting up to a bound`(depth: Int, isRead: Bool) async {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        // On a task, whose thread may have a smaller stack than the main one.
        let value = await Task.detached { try? JSONValue(parsing: Data(text.utf8)) }.value
        #expect((value != nil) == isRead)
    }

    @Test func `agrees with JSONDecoder`() throws {
        let text = #"{"a":[1,-2.5,1e-7,true,false,null,"x\u0041"],"b":{"":[[],{}]},"c":12345678901234567890}"#
        #expect(try parse(text) == JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)))
    }

    @Test func `names a place and nothing of the text in its errors`() {
        let error = #expect(throws: DecodingError.self) { try parse(#"{"s3cret": s3cret}"#) }
        #expect(!String(describing: error).contains("s3cret"))
        #expect(String(describing: error).contains("byte 11"))
    }

    @Test func `takes the first of members with the same name`() throws {
        #expect(try parse(#"{"a": 1, "a": 2}"#) == ["a": 1])
    }

    @Test func `gives equal bytes for equal values`() throws {
        let one = try parse(#"{"b": [1, 2.50], "a": "é/\u00e9"}"#)
        let other = try parse(#"{ "a":"\u00e9/é","b":[1,2.5] }"#)
        #expect(one == other)
        #expect(try one.canonicalData() == other.canonicalData())
        #expect(String(decoding: try one.canonicalData(), as: UTF8.self) == #"{"a":"é/é","b":[1,2.5]}"#)
    }

    @Test func `has no element outside of a list`() throws {
        let list: JSONValue = ["a", "b"]
        #expect(list[1] == "b")
        #expect(list[2] == nil)
        #expect(list[-1] == nil)
        #expect(JSONValue.string("ab")[0] == nil)
    }
}
