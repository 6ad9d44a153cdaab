import Bellhop
import Foundation
import Testing

@Suite struct ShopifyDateTests {
    @Test(
        arguments: [
            ("2026-11-18T09:42:17-08:00", 1_795_023_737.0), ("2026-11-18T17:42:17Z", 1_795_023_737.0),
            ("2026-11-18T17:42:17.5Z", 1_795_023_737.5), ("2026-11-18T17:42:17.250000Z", 1_795_023_737.25),
            ("2026-11-18T17:42:17.125000000Z", 1_795_023_737.125),
            ("2026-11-18T18:42:17.123456789123+01:00", 1_795_023_737.123456789),
            ("1969-12-31T23:59:59Z", -1.0), ("0001-01-01T00:00:00Z", -62_135_596_800.0),
        ])
    func `times are read with any offset and any fraction`(text: String, seconds: Double) throws {
        let date = try #require(ShopifyDate(text)?.date)
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(arguments: [
        "", "yesterday", "2026-11-18", "2026-11-18T09:42:17", "2026-13-18T09:42:17Z", "1795023737",
        "2026-11-18T09:42:17.Z", "20206-11-18T09:42:17Z", "999999999999-11-18T09:42:17Z",
        "2026-11-18T092317.3:42:17Z", "2026-11-18T09:42:17Z and more", "2026-02-29T00:00:00Z", "0000-01-01T00:00:00Z",
    ])
    func `what is no such time is refused`(text: String) {
        #expect(ShopifyDate(text) == nil)
        #expect(throws: DecodingError.self) { try JSONValue.string(text).decode(ShopifyDate.self) }
    }

    @Test func `an endless text is refused`() {
        #expect(ShopifyDate("2026-11-18T09:42:17." + String(repeating: "1", count: 100_000) + "Z") == nil)
    }
}
