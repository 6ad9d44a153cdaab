import Foundation

/// A point in time, as the engine is told it.
struct Moment {
    /// Never goes back; what is waited for is measured on it.
    var uptime: Duration
    /// The date on the wall, by which days begin.
    var date: Date
}

/// Names one call within a client. Later calls have higher numbers.
struct CallID: Hashable, Comparable {
    var number: UInt64

    static func < (a: CallID, b: CallID) -> Bool {
        a.number < b.number
    }
}
