import Bellhop
import Foundation

@testable import Listener
@testable import ModelClient

extension FuzzTarget {
    /// Moments and lengths of time as Shopify, HTTP and providers write them.
    static let dates = FuzzTarget(name: "dates") { data in
        let text = String(decoding: data.prefix(300), as: UTF8.self)
        try checkMoment(Timestamp.parse(text), "a sender's", Timestamp.parse)
        try checkMoment(ShopifyDate(text)?.date, "Shopify's") { ShopifyDate($0)?.date }
        // Foundation counts the years before 1582 by Julius Caesar's calendar.
        if let ours = Timestamp.parse(text), let theirs = try? Date(text, strategy: .iso8601) {
            try require(abs(ours.timeIntervalSince(theirs)) < 1, "Foundation reads another moment")
        }
        if let date = Date(httpDate: text) {
            try require(years.contains(date), "a date of HTTP lies outside of all years")
        }
        if let seconds = ResetDuration.seconds(text) {
            try require(seconds.isFinite && seconds >= 0, "a wait is no length of time")
        }
    }

    private static let years =
        Date(timeIntervalSince1970: -62_200_000_000)...Date(timeIntervalSince1970: 253_500_000_000)

    private static func checkMoment(_ date: Date?, _ whose: String, _ parse: (String) -> Date?) throws {
        guard let date else { return }
        try require(years.contains(date), "\(whose) moment lies outside of all years")
        // Without the fraction, and only where four digits are enough for the year in UTC.
        let whole = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        guard whole >= Date(timeIntervalSince1970: 0), whole < Date(timeIntervalSince1970: 253_402_300_800) else {
            return
        }
        try require(parse(whole.formatted(.iso8601)) == whole, "\(whose) moment changes when it is written")
    }
}
