public import Foundation

/// An outgoing HTTP request.
public struct TransportRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    /// An absolute `http` or `https` URL.
    public var url: String
    /// Names and values in the order they are sent. Values may hold secrets: never log them.
    public var headers: [(name: String, value: String)]
    public var body: Data
    public var limits: Limits

    /// When a request is given up.
    public struct Limits: Sendable, Hashable {
        /// Longest time until the connection stands, TLS included.
        public var connect: Duration
        /// Longest time for the whole exchange.
        public var total: Duration
        /// Largest response body that is taken, in bytes.
        public var responseBytes: Int

        public init(connect: Duration = .seconds(5), total: Duration = .seconds(60), responseBytes: Int = 4 << 20) {
            self.connect = connect
            self.total = total
            self.responseBytes = responseBytes
        }
    }

    public init(
        _ method: Method, url: String, headers: [(name: String, value: String)] = [], body: Data = Data(),
        limits: Limits = Limits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }
}
