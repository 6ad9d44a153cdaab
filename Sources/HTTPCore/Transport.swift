/// Something that carries an HTTP request to a server and brings back the response.
public protocol Transport: Sendable {
    /// Performs the exchange. Cancelling the task ends it at once.
    ///
    /// - Returns: the response, whatever its status: a 500 is a response, not an error.
    /// - Throws: ``TransportError`` when there is no complete response, `CancellationError` when cancelled.
    func send(_ request: TransportRequest) async throws -> TransportResponse

    /// Begins the exchange and returns when status and headers have come. Cancelling the task, or letting go of the
    /// stream, ends it at once.
    ///
    /// - Returns: the response up to its body, whatever its status.
    /// - Throws: ``TransportError`` when there is no response, `CancellationError` when cancelled.
    func open(_ request: TransportRequest) async throws -> TransportStream
}

extension Transport {
    /// For a transport that cannot stream: waits for the whole response and gives its body as one part.
    public func open(_ request: TransportRequest) async throws -> TransportStream {
        let response = try await send(request)
        return TransportStream(status: response.status, headers: response.headers, body: TransportBody(response.body))
    }
}
