import Foundation

/// Decides whether another timer is needed so that the pool looks into the inbox in time.
struct Alarm {
    private var setFor: Date?

    /// How long a new timer should run, or `nil` when one that rings early enough is already under way.
    mutating func pause(until due: Date, now: Date) -> Duration? {
        if let setFor, setFor > now, setFor <= due { return nil }
        setFor = due
        return .seconds(max(0.001, due.timeIntervalSince(now)))
    }
}
