import Foundation
import GRDB

/// A moment as the database keeps it: whole microseconds since 1970.
struct Timestamp: Sendable, Hashable, DatabaseValueConvertible {
    let microseconds: Int64

    /// Moments that do not fit become the earliest or latest one.
    init(_ date: Date) {
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        self.microseconds =
            Int64(exactly: microseconds) ?? (microseconds < 0 ? Int64.min : Int64.max)
    }

    init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    var date: Date {
        Date(timeIntervalSince1970: TimeInterval(microseconds) / 1_000_000)
    }

    var databaseValue: DatabaseValue { microseconds.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).map { Timestamp(microseconds: $0) }
    }
}
