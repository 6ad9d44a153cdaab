import HTTPTypes
import InboxCore
import NIOCore

/// What the door says, ready to be written: nothing is encoded on the way out.
struct Answer: Sendable {
    var head: HTTPResponse
    var body: ByteBuffer

    private init(_ status: HTTPResponse.Status, _ json: String, headers: HTTPFields = [:]) {
        body = ByteBuffer(string: json)
        head = HTTPResponse(status: status, headerFields: headers)
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.contentLength] = String(body.readableBytes)
    }

    static let healthy = Answer(.ok, #"{"status":"ok"}"#)

    /// The answer to a delivery that is on stable storage. Its id is Bellhop's own and needs no escaping.
    init(_ acceptance: Acceptance) {
        switch acceptance {
        case .stored(let id): self.init(.ok, #"{"status":"accepted","id":"\#(id)"}"#)
        case .duplicate(let id): self.init(.ok, #"{"status":"duplicate","id":"\#(id)"}"#)
        }
    }

    /// - Parameter allow: the methods that the path takes, for a 405.
    init(_ refusal: Refusal, allow: String = "POST") {
        var headers: HTTPFields = [:]
        if refusal == .methodNotAllowed { headers[.allow] = allow }
        if refusal.status == 503 { headers[.retryAfter] = "5" }
        if refusal == .stopping { headers[.connection] = "close" }
        self.init(
            HTTPResponse.Status(code: refusal.status),
            #"{"error":"\#(refusal.explanation)","reason":"\#(refusal.rawValue)"}"#, headers: headers)
    }

    /// The same without the body, for HEAD. The length header stays.
    var withoutBody: Answer {
        var answer = self
        answer.body = ByteBuffer()
        return answer
    }
}
