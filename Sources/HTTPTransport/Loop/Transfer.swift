import CCurl
import HTTPCore

/// A request that is being performed. For the curl thread.
final class Transfer {
    let submission: Submission
    let easy: EasyHandle
    private var headers = HeaderBlock()
    private var body: BodyBuffer

    init(_ submission: Submission, easy: EasyHandle) {
        self.submission = submission
        self.easy = easy
        body = BodyBuffer(maxBytes: submission.request.limits.responseBytes)
    }

    var wasSent: Bool {
        easy.bytesSent > 0
    }

    /// Whether libcurl may write the request to the connection it has found.
    ///
    /// Libcurl repeats a request by itself when a kept connection ends without a response. The server may have acted
    /// on it all the same, so whether a POST is repeated is for the caller to say.
    var mayBeWritten: Bool {
        submission.request.method == .get || !wasSent
    }

    /// - Returns: `false` when the headers are larger than the limit.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        unsafe headers.append(line)
    }

    /// - Returns: `false` when the body is larger than the limit.
    func takeBody(_ part: UnsafeRawBufferPointer) -> Bool {
        unsafe body.append(part, expected: body.data.isEmpty ? easy.expectedBodyBytes : nil)
    }

    /// What the caller gets when libcurl is done.
    func outcome(_ code: CURLcode) -> Result<RawResponse, any Error> {
        let now = ContinuousClock.now
        guard code == CURLE_OK else {
            return .failure(TransportError(code, wasSent: wasSent, isOverdue: now >= submission.deadline))
        }
        return .success(RawResponse(status: easy.status, headers: headers, body: body.data, finished: now))
    }
}
