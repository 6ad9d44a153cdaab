/// How long to leave something alone that fails: longer with each failure in a row.
struct Backoff {
    private static let shortest = Duration.milliseconds(100)

    /// No pause is longer.
    private let cap: Duration
    private var failures = 0

    var isFailing: Bool { failures > 0 }

    init(cap: Duration) {
        self.cap = cap
    }

    /// Counts a failure and gives the pause after it.
    mutating func failed() -> Duration {
        defer { failures = min(failures + 1, 16) }
        return min(Self.shortest * (1 << failures), cap)
    }

    mutating func succeeded() {
        failures = 0
    }
}
