import ModelClient

/// Counts requests against a limit for a minute: in any time no more than the limit, and the limit's share of that
/// time.
struct RateCheck {
    private let perMinute: Double?
    private var left: Double
    private var last: Duration

    init(_ limits: RateLimits, at now: Duration) {
        perMinute = limits.requestsPerMinute.map { Double($0) }
        left = perMinute ?? 0
        last = now
    }

    mutating func admits(at now: Duration) -> Bool {
        guard let perMinute else { return true }
        left = min(perMinute, left + (now - last) / .seconds(60) * perMinute) - 1
        last = now
        return left > -0.001
    }
}
