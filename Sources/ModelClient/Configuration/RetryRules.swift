/// How often the same model is asked again, by kind of failure, and how long to wait in between.
///
/// The wait before the retry n (from 0) is a random share of `base * 2^n` (full jitter), at most `cap`.
public struct RetryRules: Sendable, Hashable {
    public var rateLimit: Rule
    /// For connections that never got through; a request that may have been billed goes to the next model instead.
    public var timeout: Rule
    public var unavailable: Rule
    /// The longest wait.
    public var cap: Duration

    public struct Rule: Sendable, Hashable {
        /// Retries on the same model, 0 or more.
        public var retries: Int
        public var base: Duration

        public init(retries: Int, base: Duration) {
            self.retries = retries
            self.base = base
        }
    }

    public init(
        rateLimit: Rule = Rule(retries: 3, base: .seconds(2)), timeout: Rule = Rule(retries: 2, base: .seconds(1)),
        unavailable: Rule = Rule(retries: 1, base: .zero), cap: Duration = .seconds(30)
    ) {
        self.rateLimit = rateLimit
        self.timeout = timeout
        self.unavailable = unavailable
        self.cap = cap
    }
}
