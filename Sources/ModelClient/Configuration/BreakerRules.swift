/// When a model that fails is left alone, and how it comes back.
///
/// After ``failures`` failures among the last ``window`` outcomes, if they are at least half of them, no request is
/// sent for ``interval``. Then exactly one request, the probe, is let through. When it succeeds, the number of requests
/// under way at once grows from one by doubling; when it fails, the interval doubles up to ``longestInterval``.
public struct BreakerRules: Sendable, Hashable {
    /// 1 or more.
    public var failures: Int
    /// How many outcomes are remembered, 1 to 64.
    public var window: Int
    public var interval: Duration
    public var longestInterval: Duration
    /// How long a provider is left alone whose key was refused or whose credit is used up, unless it is reconfigured.
    public var accountInterval: Duration

    public init(
        failures: Int = 5, window: Int = 20, interval: Duration = .seconds(10),
        longestInterval: Duration = .seconds(300), accountInterval: Duration = .seconds(300)
    ) {
        self.failures = max(1, failures)
        self.window = min(max(1, window), 64)
        self.interval = interval
        self.longestInterval = max(interval, longestInterval)
        self.accountInterval = accountInterval
    }
}
