import Bellhop
import Foundation
import Testing

@Suite struct MoneyAmountTests {
    private func decode(_ json: String) throws -> MoneyAmount {
        try JSONDecoder().decode(MoneyAmount.self, from: Data(json.utf8))
    }

    @Test(
        arguments: [
            (#""119.50""#, "119.50"), (#""630""#, "630"), (#""0.0""#, "0.00"), (#""-8.95""#, "-8.95"),
            (#""1.250""#, "1.250"), ("16.65", "16.65"), ("1.21", "1.21"), ("18", "18"), ("22.5", "22.50"),
            ("-3.2", "-3.20"), ("0.07", "0.07"), (#""999999999999999.99""#, "999999999999999.99"),
        ])
    func `texts and numbers are read exactly and shown as money`(json: String, shown: String) throws {
        #expect(try decode(json).description == shown)
    }

    @Test(
        arguments: [
            #""""#, #""abc""#, #""1,50""#, #""1e5""#, #""+1""#, #"".5""#, #""5.""#, #""1.2.3""#, #""--1""#, "1e40",
            "0.00000000001", #""1000000000000000000""#, "true", "{}", #""٣.٥٠""#,
        ])
    func `anything else is refused`(json: String) {
        #expect(throws: DecodingError.self) { try decode(json) }
    }

    @Test func `amounts are equal by value, compare and add exactly`() throws {
        let sum = try decode("16.65") + decode(#""1.21""#)
        #expect(sum == MoneyAmount("17.86"))
        #expect(sum.description == "17.86")
        #expect(MoneyAmount("5") == MoneyAmount("5.00"))
        #expect(Set([MoneyAmount("5"), MoneyAmount("5.00")]).count == 1)
        #expect(MoneyAmount(whole: 500) < sum + MoneyAmount(whole: 500))
        #expect((MoneyAmount(whole: 5) + MoneyAmount(whole: 1)).description == "6")
    }

    @Test func `an amount survives being written and read`() throws {
        let amount = try decode("22.5")
        #expect(try decode(String(decoding: JSONEncoder().encode(amount), as: UTF8.self)) == amount)
    }
}
