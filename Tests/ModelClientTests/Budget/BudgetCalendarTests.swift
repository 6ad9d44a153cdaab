import Foundation
import Testing

@testable import ModelClient

struct BudgetCalendarTests {
    private func day(_ text: String, in zone: String = "UTC") throws -> BudgetDay {
        var calendar = BudgetCalendar(timeZone: zone)
        return calendar.day(at: try Date(text, strategy: .iso8601))
    }

    private func rest(of text: String, in zone: String) throws -> Duration {
        var calendar = BudgetCalendar(timeZone: zone)
        return calendar.untilNextDay(at: try Date(text, strategy: .iso8601))
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 1970_01_01), ("2024-02-29T23:59:59Z", 2024_02_29),
            ("2100-03-01T00:00:00Z", 2100_03_01),
            ("2026-11-24T12:00:00Z", 2026_11_24), ("1969-12-31T23:59:59Z", 1969_12_31),
            ("2000-12-31T23:59:59Z", 2000_12_31),
        ])
    func `tells the day in UTC`(text: String, day: Int) throws {
        #expect(try self.day(text) == BudgetDay(number: day))
    }

    @Test func `agrees with the Gregorian calendar for 80 years`() throws {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = .gmt
        for days in stride(from: -1000, through: 29_000, by: 17) {
            let parts = gregorian.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400 + 5))
            let number = try #require(parts.year) * 10_000 + #require(parts.month) * 100 + #require(parts.day)
            #expect(BudgetDay(daysSince1970: days) == BudgetDay(number: number))
        }
    }

    @Test func `begins the day at midnight of the zone`() throws {
        #expect(try day("2026-11-24T04:59:59Z", in: "America/New_York") == BudgetDay(number: 2026_11_23))
        #expect(try day("2026-11-24T05:00:00Z", in: "America/New_York") == BudgetDay(number: 2026_11_24))
        #expect(try day("2026-11-24T18:14:59Z", in: "Asia/Kathmandu") == BudgetDay(number: 2026_11_24))
        #expect(try day("2026-11-24T18:15:00Z", in: "Asia/Kathmandu") == BudgetDay(number: 2026_11_25))
    }

    @Test func `knows that days are longer or shorter when clocks change`() throws {
        #expect(try rest(of: "2026-10-24T22:00:00Z", in: "Europe/Berlin") == .seconds(25 * 3600))
        // On the short day the end is told an hour late at most; the day itself is exact.
        #expect(try day("2026-03-29T21:59:59Z", in: "Europe/Berlin") == BudgetDay(number: 2026_03_29))
        #expect(try day("2026-03-29T22:00:00Z", in: "Europe/Berlin") == BudgetDay(number: 2026_03_30))
        #expect(try rest(of: "2026-11-24T12:00:00Z", in: "Europe/Berlin") == .seconds(11 * 3600))
    }

    @Test func `writes and reads days`() throws {
        #expect("\(BudgetDay(number: 2026_01_05))" == "2026-01-05")
        #expect(BudgetDay("2026-01-05") == BudgetDay(number: 2026_01_05))
        for wrong in ["2026-1-5", "20260105", "2026-13-01", "2026-01-05T", "-026-01-05", ""] {
            #expect(BudgetDay(wrong) == nil)
        }
    }
}
