import Foundation
import HTTPCore

/// A request that has been checked and put into libcurl's terms, on the caller's own thread.
struct PreparedRequest: Sendable {
    let method: TransportRequest.Method
    let target: Target
    let headers: HeaderList
    let body: Data
    let limits: TransportRequest.Limits

    /// - Throws: ``TransportError`` with `invalidRequest`.
    init(_ request: TransportRequest) throws {
        guard request.method == .post || request.body.isEmpty else {
            throw TransportError.invalidRequest("a GET request carries no body")
        }
        method = request.method
        target = try Target(request.url)
        headers = try HeaderList(HeaderField.list(of: request))
        body = request.body
        limits = request.limits
    }
}

extension TransportError {
    static func invalidRequest(_ message: String) -> TransportError {
        TransportError(.invalidRequest, message, mayHaveBeenSent: false)
    }
}
