/// Bounds that hold for every call.
public struct CallLimits: Sendable, Hashable {
    /// Models of the chain that are tried, the first included.
    public var maxModels: Int
    /// Requests sent for one call, retries and fallbacks together.
    public var maxRequests: Int
    /// Longest time for one request.
    public var requestTimeout: Duration
    /// Longest time to a connection.
    public var connectTimeout: Duration
    /// Requests under way at once; more wait in line.
    public var concurrency: Int
    /// Largest answer taken from a server, in bytes.
    public var responseBytes: Int

    public init(
        maxModels: Int = 3, maxRequests: Int = 8, requestTimeout: Duration = .seconds(60),
        connectTimeout: Duration = .seconds(5), concurrency: Int = 50, responseBytes: Int = 4 << 20
    ) {
        self.maxModels = max(1, maxModels)
        self.maxRequests = max(1, maxRequests)
        self.requestTimeout = requestTimeout
        self.connectTimeout = connectTimeout
        self.concurrency = max(1, concurrency)
        self.responseBytes = responseBytes
    }
}
