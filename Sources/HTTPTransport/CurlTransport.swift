public import HTTPCore

/// HTTP over libcurl: many requests at once, one thread.
///
/// A thread of its own owns everything that belongs to libcurl; no call blocks Swift's cooperative pool. Connections
/// are kept alive and used again.
///
/// What is sent is what the request says: HTTP/1.1, no redirects followed, no cookies, no proxy (the environment's
/// `http_proxy` and its like are not read), no decompression, no credentials in the URL. Certificates are verified
/// against the system's authorities. A POST of which a part has been written is never written a second time.
///
/// Call ``close()`` when done. A transport that is let go without it ends its thread too, a moment later.
public final class CurlTransport: Transport {
    private let mailbox: Mailbox

    public init(configuration: Configuration = Configuration()) {
        let mailbox = Mailbox()
        self.mailbox = mailbox
        CurlThread.start(serving: mailbox, configuration: configuration)
    }

    deinit {
        mailbox.close()
    }

    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let start = ContinuousClock.now
        let prepared = try PreparedRequest(request)
        let ticket = Ticket()
        let response = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                mailbox.submit(
                    Submission(ticket: ticket, request: prepared, handedOver: start, continuation: continuation))
            }
        } onCancel: {
            mailbox.cancel(ticket)
        }
        return TransportResponse(response, handedOver: start)
    }

    /// Fails what is under way with ``TransportError/Code/closed`` and everything that comes later too, and returns
    /// when all connections are closed. May be called more than once.
    public func close() async {
        await withCheckedContinuation { mailbox.close(then: $0) }
    }
}
