public import Foundation

/// What came back, whatever the status.
public struct TransportResponse: Sendable {
    /// The HTTP status code, 100 to 599.
    public var status: Int
    /// Names and values as received.
    public var headers: [(name: String, value: String)]
    public var body: Data
    /// From handing the request over to the last byte.
    public var elapsed: Duration

    public init(
        status: Int, headers: [(name: String, value: String)] = [], body: Data = Data(), elapsed: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.elapsed = elapsed
    }

    /// The first value of a header, by its name in any case.
    public func header(_ name: String) -> String? {
        headers.firstValue(of: name)
    }
}
