/// Why there is no complete response.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, Codable {
        /// The URL or a header cannot be sent as given.
        case invalidRequest = "invalid_request"
        /// The host name has no address.
        case nameNotResolved = "name_not_resolved"
        /// No connection: refused, unreachable, or not within the connect limit.
        case notConnected = "not_connected"
        /// The certificate is not trusted, or the TLS handshake failed.
        case tls
        /// No complete response within the total limit.
        case timeout
        /// The connection broke after the request had been sent, in part or whole.
        case connectionLost = "connection_lost"
        /// The response was larger than the limit.
        case responseTooLarge = "response_too_large"
        /// The transport has been shut down.
        case closed
        /// Anything else.
        case other
    }

    public var code: Code
    /// What failed, in words, without values of the request.
    public var message: String
    /// Whether any byte of the request may have reached the server. `false` makes a repetition free of side effects.
    public var mayHaveBeenSent: Bool
    /// The response headers that had come before the exchange broke, by name in lower case; empty where none had.
    /// They are the server's words: not for a log, and no part of ``description``.
    public var headers: [String: String]

    public init(_ code: Code, _ message: String, mayHaveBeenSent: Bool, headers: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.mayHaveBeenSent = mayHaveBeenSent
        self.headers = headers
    }

    public var description: String {
        "\(code.rawValue): \(message)"
    }
}
