/// Retry this? After how long? Answers without a clock: the caller adds the delay to its own now.
package struct RetryPolicy: Sendable, Hashable {
    /// Failed attempts after which a job is dead, at least 1.
    package var maxAttempts: Int
    /// The longest wait after the first failure; it doubles with each further one.
    package var base: Duration
    /// No wait is longer.
    package var cap: Duration

    package init(maxAttempts: Int = 8, base: Duration = .seconds(2), cap: Duration = .seconds(900)) {
        self.maxAttempts = max(1, maxAttempts)
        self.base = base
        self.cap = cap
    }

    /// The wait before the next attempt, or `nil` when there shall be none.
    ///
    /// - Parameters:
    ///   - attempt: the attempt that failed, from 1.
    ///   - jitter: a random number in 0..<1; the wait is that share of the longest (full jitter).
    package func delay(afterFailed attempt: Int, jitter: Double) -> Duration? {
        guard attempt < maxAttempts else { return nil }
        let doublings = min(max(0, attempt - 1), 30)
        let longest = min(base * (1 << doublings), cap)
        return longest * min(max(0, jitter), 1)
    }
}
