import Bellhop
import Foundation

/// Reads the moments that senders write: `2026-11-18T17:42:17.123456789Z`, with any number of fraction digits or none,
/// in UTC or with an offset.
enum Timestamp {
    /// - Returns: `nil` for anything that is not a moment from 1970 on.
    static func parse(_ text: String) -> Date? {
        ShopifyDate(text).flatMap { $0.date.timeIntervalSince1970 >= 0 ? $0.date : nil }
    }
}
