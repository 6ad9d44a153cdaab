/// A response whose body is still coming.
public struct TransportStream: Sendable {
    /// The HTTP status code, 100 to 599.
    public var status: Int
    /// Names and values as received.
    public var headers: [(name: String, value: String)]
    /// To be read once. The exchange ends when nobody holds it any more.
    public var body: TransportBody

    public init(status: Int, headers: [(name: String, value: String)] = [], body: TransportBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, by its name in any case.
    public func header(_ name: String) -> String? {
        headers.firstValue(of: name)
    }
}
