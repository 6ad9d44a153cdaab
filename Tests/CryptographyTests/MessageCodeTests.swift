import Cryptography
import Testing

@Suite struct MessageCodeTests {
    static let base64 = "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk="
    static let hex = "1bc371976d3d76b567752210675d28f0dbbc50aa53ba158dfa71de59498d0839"

    @Test func bothSpellingsNameTheSameCode() throws {
        let code = try #require(MessageCode(base64: Self.base64))
        #expect(code == MessageCode(hex: Self.hex))
        #expect(code == MessageCode(hex: Self.hex.uppercased()))
        #expect(code.base64 == Self.base64)
        #expect(code.hex == Self.hex)
    }

    static let malformedBase64: [(String, String)] = [
        ("empty", ""),
        ("no padding", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk"),
        ("padding doubled", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk=="),
        ("31 bytes", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCA=="),
        ("33 bytes", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDkA"),
        ("URL-safe alphabet", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN-nHeWUmNCDk="),
        ("a foreign character", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN!nHeWUmNCDk="),
        ("a sign that looks like K", "G8Nxl209drVndSIQZ10o8Nu8U\u{212A}pTuhWN+nHeWUmND="),
        ("space before", " G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk="),
        ("space inside", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN nHeWUmNCDk="),
        ("line break after", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDk=\n"),
        ("padding inside", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNC=k="),
        ("spare bits set", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN+nHeWUmNCDl="),
        ("zero byte", "G8Nxl209drVndSIQZ10o8Nu8UKpTuhWN\0nHeWUmNCDk="),
        ("hex", Self.hex),
    ]

    @Test(arguments: malformedBase64)
    func malformedBase64IsRefused(_: String, text: String) {
        #expect(MessageCode(base64: text) == nil)
    }

    static let malformedHex: [(String, String)] = [
        ("empty", ""),
        ("63 digits", String(hex.dropLast())),
        ("65 digits", hex + "0"),
        ("66 digits", hex + "00"),
        ("a foreign letter", "g" + hex.dropFirst()),
        ("a space", " " + hex.dropFirst()),
        ("a prefix", "0x" + hex.dropFirst(2)),
        ("wide digits", String(repeating: "\u{FF11}", count: 64)),
        ("64 bytes of wide digits", String(repeating: "\u{FF11}", count: 21) + "1"),
        ("base64", Self.base64),
    ]

    @Test(arguments: malformedHex)
    func malformedHexIsRefused(_: String, text: String) {
        #expect(MessageCode(hex: text) == nil)
    }

    @Test(arguments: 0..<32)
    func codesThatDifferInOneBitAreNotEqual(byte: Int) throws {
        let code = try #require(MessageCode(hex: Self.hex))
        var digits = Array(Self.hex.utf8)
        let value = try #require(UInt8(String(decoding: digits[2 * byte...2 * byte + 1], as: UTF8.self), radix: 16))
        let flipped = value ^ 1
        digits.replaceSubrange(
            2 * byte...2 * byte + 1, with: ((flipped < 16 ? "0" : "") + String(flipped, radix: 16)).utf8)
        let other = try #require(MessageCode(hex: String(decoding: digits, as: UTF8.self)))
        #expect(code != other)
    }
}
