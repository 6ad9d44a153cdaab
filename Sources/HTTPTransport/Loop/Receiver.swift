import HTTPCore

/// Who waits for the response to a request, and in which form.
enum Receiver: Sendable {
    /// Takes all of it at once, when it is complete.
    case whole(CheckedContinuation<RawResponse, any Error>)
    /// Takes the head as soon as it has come, and the body part by part.
    case stream(head: CheckedContinuation<ResponseHead, any Error>, body: BodyPipe)

    /// There is no response, nor has a part of one been handed over.
    func fail(_ error: any Error) {
        switch self {
        case .whole(let continuation): continuation.resume(throwing: error)
        case .stream(let continuation, _): continuation.resume(throwing: error)
        }
    }
}
