import Foundation
import Testing
import Vocabulary

struct USDTests {
    @Test(
        arguments: [
            ("1.50", 1_500_000_000), ("0", 0), ("-0.25", -250_000_000), ("0.000000001", 1), (".5", 500_000_000),
        ] as [(String, Int64)])
    func `reads plain decimal dollars`(text: String, nanos: Int64) {
        #expect(USD(dollars: text)?.nanos == nanos)
    }

    @Test(arguments: [
        "", "-", ".", "1e3", "1,5", "$1", "0x10", "1.2.3", " 1", "nan", "1٣", String(repeating: "9", count: 31),
    ])
    func `refuses anything but a plain decimal number`(text: String) {
        #expect(USD(dollars: text) == nil)
    }

    @Test func `rounds up to the next nano-dollar`() {
        #expect(USD(dollars: Decimal(string: "0.0000000001") ?? 0) == USD(nanos: 1))
        #expect(USD(dollars: Decimal(string: "0.0000000010") ?? 0) == USD(nanos: 1))
        #expect(USD(dollars: Decimal(string: "1.0000000001") ?? 0) == USD(nanos: 1_000_000_001))
    }

    @Test func `has no value for what does not fit`() {
        #expect(USD(dollars: Decimal(Int64.max)) == nil)
        #expect(USD(dollars: Decimal.nan) == nil)
    }

    @Test func `saturates at both ends`() {
        let most = USD(nanos: .max)
        let least = USD(nanos: .min)
        #expect(most + USD(nanos: 1) == most)
        #expect(least - USD(nanos: 1) == least)
        #expect(USD.zero - least == most)
        #expect(USD.cents(.max) == most)
        #expect([most, most, USD(nanos: -1)].total() == USD(nanos: .max - 1))
    }

    @Test(arguments: [
        (0, "$0.000000"), (123_456, "$0.000123"), (-1_500_000_000, "-$1.500000"), (999_999_500, "$1.000000"),
    ])
    func `prints six decimals`(nanos: Int64, text: String) {
        #expect(USD(nanos: nanos).description == text)
    }

    @Test func `prints the ends without trapping`() {
        #expect(USD(nanos: .min).description == "-$9223372036.854776")
        #expect(USD(nanos: .max).description == "$9223372036.854776")
    }

    @Test func `is coded as nano-dollars`() throws {
        let data = try JSONEncoder().encode(USD.cents(1))
        #expect(String(decoding: data, as: UTF8.self) == "10000000")
        #expect(try JSONDecoder().decode(USD.self, from: data) == .cents(1))
    }
}
