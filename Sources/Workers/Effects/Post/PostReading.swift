import Foundation
import HTTPCore
import InboxCore

/// What a receiver's answer, or the lack of one, says about an effect.
struct PostReading {
    let now: Date
    let repetition: Repetition

    func response(status: Int, retryAfter: String?) -> PostMeaning {
        switch status {
        case 200...299: .taken
        case 300...399:
            .refused(
                "answered with a redirect (\(status)), which is not followed: write the new address into bellhop.yaml")
        // Who knows keys says so while it is still at work on the first request with this one
        // (draft-ietf-httpapi-idempotency-key-header).
        case 409 where repetition == .idempotent: .failed("answered with 409", retryAfter: retryAfter.flatMap(pause))
        case 408, 425, 429, 503: .failed("answered with \(status)", retryAfter: retryAfter.flatMap(pause))
        // After any other failure of a server nobody knows how far it had come.
        case 500...: .uncertain("answered with \(status)")
        default: .refused("refused with \(status)")
        }
    }

    func response(to error: TransportError) -> PostMeaning {
        switch error.code {
        case .invalidRequest: .refused("cannot be sent: the address or a header is not valid")
        case _ where !error.mayHaveBeenSent: .failed("was not reached (\(error.code.rawValue))", retryAfter: nil)
        default: .uncertain("gave no answer (\(error.code.rawValue))")
        }
    }

    /// Whole seconds or a date, RFC 9110, section 10.2.3; anything else is no hint.
    private func pause(_ text: String) -> Duration? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if (1...9).contains(text.utf8.count), let seconds = Int(text), seconds >= 0 { return .seconds(seconds) }
        return Date(httpDate: text).map { .seconds(max(0, min($0.timeIntervalSince(now), 86_400))) }
    }
}

enum PostMeaning: Hashable {
    case taken
    case refused(String)
    case failed(String, retryAfter: Duration?)
    case uncertain(String)
}
