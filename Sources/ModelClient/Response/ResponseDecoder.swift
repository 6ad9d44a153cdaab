import Foundation
import HTTPCore
import Vocabulary

/// The text that a model wrote, not yet judged.
struct Completion: Equatable {
    var text: String
    /// Whether the model stopped because `max_tokens` was used up.
    var isCutOff: Bool
}

/// What a response comes down to.
struct ResponseReading: Equatable {
    var report: UsageReport
    var result: Result<Completion, FailureSignal>
}

/// Reads a response of any chat-completions server. Everything may be missing or of an unexpected type.
struct ResponseDecoder {
    /// The date on the wall, for a `Retry-After` date.
    let now: Date

    func reading(of response: TransportResponse) -> ResponseReading {
        // Blank lines before the JSON are keep-alives of OpenRouter's; the parser passes over them.
        guard let body = try? JSONValue(parsing: response.body), body.members != nil else {
            return ResponseReading(report: .nothing, result: .failure(unreadable(response)))
        }
        return ResponseReading(report: UsageReport(in: body), result: result(of: response, body: body))
    }

    private func result(of response: TransportResponse, body: JSONValue) -> Result<Completion, FailureSignal> {
        // An error comes before the choices whatever the status: a 200 may carry both.
        let choice = body["choices"]?[0]
        if let error = ErrorBody(in: body) ?? choice?["error"].flatMap({ $0 == .null ? nil : ErrorBody($0) }) {
            return .failure(signal(response, error: error))
        }
        guard (200...299).contains(response.status) else { return .failure(signal(response, error: nil)) }
        guard let choice else { return .failure(FailureSignal(.malformedResponse, "no choices")) }
        return completion(of: choice)
    }

    private func completion(of choice: JSONValue) -> Result<Completion, FailureSignal> {
        let finish = choice["finish_reason"]?.string
        let message = choice["message"]
        let text = message?["content"]?.text ?? ""
        switch finish {
        case "error": return .failure(FailureSignal(.unavailable, "finish reason error"))
        case "content_filter": return .failure(FailureSignal(.refused, "finish reason content_filter"))
        default: break
        }
        if text.isEmpty, message?["refusal"]?.string?.isEmpty == false {
            return .failure(FailureSignal(.refused, "the model refused"))
        }
        // Some upstreams' cuts arrive as "stop"; their own word tells.
        let native = choice["native_finish_reason"]?.string?.lowercased()
        return .success(Completion(text: text, isCutOff: finish == "length" || native == "max_tokens"))
    }

    private func signal(_ response: TransportResponse, error: ErrorBody?) -> FailureSignal {
        var signal = FailureClassifier(status: response.status, error: error).signal
        signal.retryAfter = RetryHint(now: now).wait(response: response, error: error)
        return signal
    }

    /// A proxy's HTML page, or nothing at all: only the status speaks.
    private func unreadable(_ response: TransportResponse) -> FailureSignal {
        guard (200...299).contains(response.status) else { return signal(response, error: nil) }
        return FailureSignal(.malformedResponse, response.body.isEmpty ? "empty response" : "not a JSON object")
    }
}

extension JSONValue {
    /// The text of a content: a string, or the text parts of a list.
    fileprivate var text: String? {
        string ?? elements?.compactMap { $0["text"]?.string }.joined()
    }
}
