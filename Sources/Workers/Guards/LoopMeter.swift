package import Bellhop
package import Foundation
import InboxCore

/// How many runs that wanted effects one resource may cause, before it looks as if a handler answers to its own
/// changes.
package struct LoopLimit: Sendable, Hashable {
    /// 1 or more.
    package var runs: Int
    package var window: Duration

    package init(runs: Int = 10, window: Duration = .seconds(600)) {
        self.runs = max(1, runs)
        self.window = window
    }
}

/// Counts runs that wanted effects, for each resource and handler, over a sliding window. A plain value without a
/// clock.
package struct LoopMeter: Sendable {
    package struct Subject: Sendable, Hashable {
        package var shop: Shop
        package var resource: String
        package var handlerID: String

        package init(shop: Shop, resource: String, handlerID: String) {
            self.shop = shop
            self.resource = resource
            self.handlerID = handlerID
        }
    }

    private struct Count {
        /// Ascending; no more than the limit.
        var runs: [Date] = []
        /// When an event of it was last seen after it tripped.
        var seenTripped: Date?

        var last: Date { max(seenTripped ?? .distantPast, runs.last ?? .distantPast) }
    }

    /// Subjects that are counted at once; beyond it those are forgotten that have been quiet longest.
    private let capacity: Int
    private var counts: [Subject: Count] = [:]

    package init(capacity: Int = 10_000) {
        self.capacity = max(2, capacity)
    }

    /// How many subjects are counted.
    package var size: Int { counts.count }

    /// Counts a run that wanted effects.
    ///
    /// - Returns: whether the breaker trips with it.
    package mutating func ran(_ subject: Subject, limit: LoopLimit, at now: Date) -> Bool {
        makeRoom()
        var count = counts[subject, default: Count()]
        count.runs = (count.runs + [now]).filter { $0 > now - limit.window.timeInterval }.suffix(limit.runs)
        let trips = count.runs.count >= limit.runs && count.seenTripped == nil
        if trips || count.seenTripped != nil { count.seenTripped = now }
        counts[subject] = count
        return trips
    }

    /// Whether events of the subject are to be held. It stays so until none has come for a whole window.
    package mutating func isTripped(_ subject: Subject, limit: LoopLimit, at now: Date) -> Bool {
        guard var count = counts[subject], let seen = count.seenTripped else { return false }
        guard seen > now - limit.window.timeInterval else {
            counts[subject] = nil
            return false
        }
        count.seenTripped = now
        counts[subject] = count
        return true
    }

    private mutating func makeRoom() {
        guard counts.count >= capacity else { return }
        let quiet = counts.sorted { $0.value.last < $1.value.last }.prefix(counts.count - capacity / 2)
        for (subject, _) in quiet { counts[subject] = nil }
    }
}
