/// Counts requests and tokens against limits for a minute, as two buckets that fill steadily.
struct RateMeter {
    private struct Bucket {
        let capacity: Double
        var level: Double
        var filledAt: Duration

        init(perMinute: Int, at now: Duration) {
            capacity = Double(perMinute)
            level = capacity
            filledAt = now
        }

        mutating func fill(at now: Duration) {
            level = min(capacity, level + capacity * max(0, (now - filledAt) / .seconds(60)))
            filledAt = now
        }

        /// How long until so much is there; more than a full bucket waits for a full one.
        func wait(for amount: Double) -> Duration {
            let missing = min(amount, capacity) - level
            return missing <= 0 ? .zero : .seconds(missing / capacity * 60)
        }
    }

    private var requests: Bucket?
    private var tokens: Bucket?

    init(_ limits: RateLimits, at now: Duration) {
        requests = limits.requestsPerMinute.map { Bucket(perMinute: $0, at: now) }
        tokens = limits.tokensPerMinute.map { Bucket(perMinute: $0, at: now) }
    }

    /// How long until a request of so many tokens may be sent.
    mutating func wait(tokens amount: Int, at now: Duration) -> Duration {
        requests?.fill(at: now)
        tokens?.fill(at: now)
        return max(requests?.wait(for: 1) ?? .zero, tokens?.wait(for: Double(amount)) ?? .zero)
    }

    /// Counts a request that is being sent. The level may go below zero, which the next ones wait for.
    mutating func take(tokens amount: Int) {
        requests?.level -= 1
        tokens?.level -= Double(amount)
    }

    /// Replaces the estimate by the tokens that were used.
    mutating func correct(tokens estimate: Int, to used: Int) {
        guard let capacity = tokens?.capacity, let level = tokens?.level else { return }
        tokens?.level = min(capacity, level + Double(estimate - used))
    }
}
