public import Foundation

/// Where the client takes the time from and how it waits. A test puts in its own.
public struct TimeSource: Sendable {
    /// Time since a fixed but arbitrary moment. It never goes back.
    public var uptime: @Sendable () -> Duration
    /// The date on the wall, to which a `Retry-After` date refers.
    public var date: @Sendable () -> Date
    /// Waits, and throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        uptime: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.uptime = uptime
        self.date = date
        self.sleep = sleep
    }

    /// The machine's own clocks.
    public static var system: TimeSource {
        let start = ContinuousClock.now
        return TimeSource(
            uptime: { start.duration(to: .now) }, date: { Date() },
            sleep: { try await ContinuousClock().sleep(for: $0) })
    }
}
