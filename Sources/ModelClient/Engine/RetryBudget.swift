/// Bounds the repetitions of the whole process by a share of its first requests.
struct RetryBudget {
    private var rules: RetryBudgetRules
    private var level: Double
    private var filledAt: Duration

    init(_ rules: RetryBudgetRules, at now: Duration) {
        self.rules = rules
        level = Double(rules.reserve)
        filledAt = now
    }

    mutating func adopt(_ rules: RetryBudgetRules) {
        self.rules = rules
        level = min(level, largest)
    }

    /// A first request was sent.
    mutating func earn() {
        level = min(largest, level + rules.share)
    }

    /// Takes one retry out.
    ///
    /// - Returns: whether there was one.
    mutating func take(at now: Duration) -> Bool {
        // Idle time gives the reserve back within a minute, or a quiet process would lose it for good.
        let reserve = Double(rules.reserve)
        if level < reserve { level = min(reserve, level + reserve * max(0, (now - filledAt) / .seconds(60))) }
        filledAt = now
        guard level >= 1 else { return false }
        level -= 1
        return true
    }

    /// A long good time must not pay for a storm.
    private var largest: Double { Double(rules.reserve) * 10 + 10 }
}
