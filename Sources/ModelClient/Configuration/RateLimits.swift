/// How much may be asked of a provider or a model in a minute. `nil` is no limit.
public struct RateLimits: Sendable, Hashable {
    public var requestsPerMinute: Int?
    /// Prompt and completion tokens together, by the estimate made before the request and corrected after it.
    public var tokensPerMinute: Int?

    public init(requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.requestsPerMinute = requestsPerMinute.map { max(1, $0) }
        self.tokensPerMinute = tokensPerMinute.map { max(1, $0) }
    }

    public static let none = RateLimits()
}
