/// Something that carries an HTTP request to a server and brings back the response.
public protocol Transport: Sendable {
    /// Performs the exchange. Cancelling the task ends it at once.
    ///
    /// - Returns: the response, whatever its status: a 500 is a response, not an error.
    /// - Throws: ``TransportError`` when there is no complete response, `CancellationError` when cancelled.
    func send(_ request: TransportRequest) async throws -> TransportResponse
}
