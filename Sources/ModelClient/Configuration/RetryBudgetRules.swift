/// How many requests of the whole process may be repetitions, so that retries cannot multiply an outage.
public struct RetryBudgetRules: Sendable, Hashable {
    /// Retries earned by each first request, 0 to 1.
    public var share: Double
    /// Retries in hand at the start, and the most that idle time gives back.
    public var reserve: Int

    public init(share: Double = 0.1, reserve: Int = 10) {
        self.share = min(max(0, share), 1)
        self.reserve = max(0, reserve)
    }
}
