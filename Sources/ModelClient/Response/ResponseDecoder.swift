import Foundation
import HTTPCore
import Vocabulary

/// Reads a whole response of any chat-completions server. Everything may be missing or of an unexpected type.
struct ResponseDecoder {
    /// The date on the wall, for a `Retry-After` date.
    let now: Date

    func reading(of response: TransportResponse) -> ResponseReading {
        // Blank lines before the JSON are keep-alives of OpenRouter's; the parser passes over them.
        let body = (try? JSONValue(parsing: response.body)).flatMap { $0.members == nil ? nil : $0 }
        var report = UsageReport(in: body)
        report.fill(from: response)
        return ResponseReading(
            status: response.status,
            generationID: ResponseNames.generationID(
                body: body?["id"]?.string, header: response.header(ResponseNames.generationHeader)),
            servedModel: ResponseNames.model(body?["model"]?.string),
            report: report,
            result: body.map { result(of: response, body: $0) } ?? .failure(unreadable(response)))
    }

    private func result(of response: TransportResponse, body: JSONValue) -> Result<Completion, FailureSignal> {
        // An error comes before the choices whatever the status: a 200 may carry both.
        if let error = ErrorBody(in: body) { return .failure(signal(response, error: error)) }
        guard (200...299).contains(response.status) else { return .failure(signal(response, error: nil)) }
        guard let choice = body["choices"]?[0] else {
            return .failure(FailureSignal(.malformedResponse, "no choices"))
        }
        return Choice(choice).result
    }

    /// The failure that an error body, or the status alone, tells of.
    func signal(_ response: TransportResponse, error: ErrorBody?) -> FailureSignal {
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
