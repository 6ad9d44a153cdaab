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
    private let maxUnreadBytes: Int

    public init(configuration: Configuration = Configuration()) {
        let mailbox = Mailbox()
        self.mailbox = mailbox
        maxUnreadBytes = configuration.maxUnreadBytes
        CurlThread.start(serving: mailbox, configuration: configuration)
    }

    deinit {
        mailbox.close()
    }

    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        let start = ContinuousClock.now
        let response = try await submit(request, as: Ticket(), at: start) { .whole($0) }
        return TransportResponse(response, handedOver: start)
    }

    /// The limit for the whole exchange holds for a reader who is slow too; what has come by then can still be read.
    /// The transport stays as long as one of its streams.
    public func open(_ request: TransportRequest) async throws -> TransportStream {
        let ticket = Ticket()
        let pipe = BodyPipe(ticket, over: mailbox, maxUnread: maxUnreadBytes)
        let head = try await submit(request, as: ticket, at: .now) { .stream(head: $0, body: pipe) }
        let body = TransportBody(
            next: { try await pipe.next() },
            onDrop: {
                pipe.abandon()
                withExtendedLifetime(self) {}
            })
        // A cancellation that came together with the head was too late to be thrown instead of it. It is thrown here,
        // and the body that nobody gets ends the exchange.
        try Task.checkCancellation()
        return TransportStream(status: head.status, headers: head.headers.fields, body: body)
    }

    /// - Parameter receiver: where the answer is to go, around the continuation that waits for it.
    private func submit<Answer>(
        _ request: TransportRequest, as ticket: Ticket, at start: ContinuousClock.Instant,
        receiver: (CheckedContinuation<Answer, any Error>) -> Receiver
    ) async throws -> Answer {
        try Task.checkCancellation()
        let prepared = try PreparedRequest(request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                mailbox.submit(
                    Submission(ticket: ticket, request: prepared, handedOver: start, receiver: receiver(continuation)))
            }
        } onCancel: {
            mailbox.cancel(ticket)
        }
    }

    /// Fails what is under way with ``TransportError/Code/closed`` and everything that comes later too, and returns
    /// when all connections are closed. May be called more than once.
    public func close() async {
        await withCheckedContinuation { mailbox.close(then: $0) }
    }
}
