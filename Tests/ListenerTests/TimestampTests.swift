import Foundation
import Testing

@testable import Listener

@Suite("Timestamps of senders")
struct TimestampTests {
    @Test(
        "Any number of fraction digits, UTC or an offset",
        arguments: [
            ("1970-01-01T00:00:00Z", 0.0), ("2026-11-18T17:42:17Z", 1_795_023_737),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-11-18T17:42:17.5Z", 1_795_023_737.5), ("2026-11-18T17:42:17.123456Z", 1_795_023_737.123456),
            ("2026-11-18T17:42:17.123456789Z", 1_795_023_737.123456789),
            ("2026-11-18T09:42:17-08:00", 1_795_023_737), ("2026-11-18T23:12:17+0530", 1_795_023_737),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ])
    func readable(text: String, seconds: Double) throws {
        let date = try #require(Timestamp.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(
        "Anything else is nothing",
        arguments: [
            "", "yesterday", "1969-12-31T23:59:59Z", "2026-11-18", "2026-11-18T17:42:17", "2026-13-18T17:42:17Z",
            "2026-02-29T00:00:00Z",
            "2026-11-18T24:00:00Z", "2026-11-18T17:42:17.Z", "2026-11-18T17:42:17Zx", "2026-11-18T17:42:17+25:00",
            "٢٠٢٦-11-18T17:42:17Z", "2026-11-18T17:42:17." + String(repeating: "1", count: 100) + "Z",
        ])
    func unreadable(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }
}
