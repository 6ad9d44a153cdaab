import CCurl
import HTTPCore

/// A request that is being performed. For the curl thread.
final class Transfer {
    /// What becomes of a part of the body that libcurl offers.
    enum Taking {
        case taken
        /// Not now: libcurl keeps it, reads no more, and offers it again when the transfer is unpaused.
        case putOff
        /// Larger than the limit: the transfer ends.
        case refused
    }

    let submission: Submission
    let easy: EasyHandle
    private var headers = HeaderBlock()
    /// There from the end of the headers on.
    private var head: ResponseHead?
    private var body = BodyBuffer()
    private var bytesLeft: Int
    /// A part has been put off and not been offered again.
    private var isHeldUp = false

    init(_ submission: Submission, easy: EasyHandle) {
        self.submission = submission
        self.easy = easy
        bytesLeft = submission.request.limits.responseBytes
    }

    private var wasSent: Bool {
        easy.bytesSent > 0
    }

    /// Whether libcurl may write the request to the connection it has found.
    ///
    /// Libcurl repeats a request by itself when a kept connection ends without a response. The server may have acted
    /// on it all the same, so whether a POST is repeated is for the caller to say.
    var mayBeWritten: Bool {
        submission.request.method == .get || !wasSent
    }
}

// MARK: - What comes

extension Transfer {
    /// - Returns: `false` when the headers are larger than the limit.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        guard unsafe headers.append(line) else { return false }
        if headers.isComplete, head == nil { takeHead(status: easy.status) }
        return true
    }

    private func takeHead(status: Int) {
        guard ResponseHead.isFinal(status) else { return }
        headers.seal()
        let head = ResponseHead(status: status, headers: headers)
        self.head = head
        if case .stream(let continuation, _) = submission.receiver { continuation.resume(returning: head) }
    }

    func takeBody(_ part: UnsafeRawBufferPointer) -> Taking {
        guard part.count <= bytesLeft else { return .refused }
        switch submission.receiver {
        case .whole:
            let expected = body.data.isEmpty ? easy.expectedBodyBytes : nil
            unsafe body.append(part, expected: expected.map { min($0, bytesLeft) })
        case .stream(_, let pipe):
            isHeldUp = unsafe !pipe.take(part)
            if isHeldUp { return .putOff }
        }
        bytesLeft -= part.count
        return .taken
    }
}

// MARK: - The end

extension Transfer {
    /// What libcurl's end of the transfer means. Of a streamed body it holds nothing.
    func outcome(_ code: CURLcode) -> Result<RawResponse, any Error> {
        let now = ContinuousClock.now
        guard code == CURLE_OK else {
            return .failure(failure(TransportError(code, wasSent: wasSent, isOverdue: now >= submission.deadline)))
        }
        // libcurl takes headers without an end for a response. Some versions of it forget what was put off.
        guard let head, !isHeldUp else { return .failure(failure(.cutShort)) }
        return .success(RawResponse(head: head, body: body.data, finished: now))
    }

    /// An error as it looks for this transfer: what has been sent, and what had come.
    func failure(_ error: TransportError) -> TransportError {
        var error = error
        error.mayHaveBeenSent = wasSent
        if ResponseHead.isFinal(easy.status) { error.headers = TransportError.kept(of: headers.fields) }
        return error
    }

    /// Tells the one who waits. Once, when the transfer has ended.
    func finish(with outcome: Result<RawResponse, any Error>) {
        switch (submission.receiver, outcome) {
        case (.whole(let continuation), _): continuation.resume(with: outcome)
        case (.stream(let continuation, _), .failure(let error)) where head == nil: continuation.resume(throwing: error)
        case (.stream(_, let pipe), _): pipe.finish(outcome.map { _ in })
        }
    }
}

extension TransportError {
    fileprivate static let cutShort = TransportError(
        .connectionLost, "the response has no end", mayHaveBeenSent: true)
}
