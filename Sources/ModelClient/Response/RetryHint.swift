import Foundation
import HTTPCore
import Vocabulary

/// How long a provider asks to wait, wherever it says so.
///
/// `Retry-After` is RFC 9110, section 10.2.3; `retry-after-ms` and the resets by kind of limit are OpenAI's; LiteLLM
/// passes an upstream's headers on under a prefix; the others are OpenRouter's.
struct RetryHint {
    /// The longest wait that is believed.
    static let longest = Duration.seconds(86_400)

    let now: Date

    /// The first hint that can be read: a length in the headers, then in the error, then the time of a reset.
    ///
    /// - Returns: zero to a day, or `nil` when there is no hint or only garbage.
    func wait(response: TransportResponse, error: ErrorBody?) -> Duration? {
        let upstream = error?.headers ?? [:]
        return response.header("retry-after-ms").flatMap(milliseconds)
            ?? response.header("Retry-After").flatMap(retryAfter)
            ?? error?.retryAfter.flatMap(Self.bounded)
            ?? upstream["retry-after"].flatMap(retryAfter)
            ?? response.header("llm_provider-retry-after").flatMap(retryAfter)
            ?? upstream["x-ratelimit-reset"].flatMap(untilReset)
            ?? response.header("X-RateLimit-Reset").flatMap(untilReset)
            ?? limitReset { response.header($0) }
    }

    private func milliseconds(_ text: String) -> Duration? {
        Self.seconds(text).flatMap { Self.bounded($0 / 1000) }
    }

    /// Whole seconds or a date by the standard; fractions are seen in the field.
    private func retryAfter(_ text: String) -> Duration? {
        if let seconds = Self.seconds(text) { return Self.bounded(seconds) }
        guard let date = Date(httpDate: text) else { return nil }
        return Self.bounded(max(0, date.timeIntervalSince(now)))
    }

    /// An epoch in seconds or milliseconds. Seconds stay below 100 billion until the year 5138.
    private func untilReset(_ text: String) -> Duration? {
        // Anything smaller is no epoch: some send the length of the wait under a similar name.
        guard let epoch = Self.seconds(text), epoch > 1_000_000_000 else { return nil }
        let date = Date(timeIntervalSince1970: epoch > 100_000_000_000 ? epoch / 1000 : epoch)
        return Self.bounded(max(0, date.timeIntervalSince(now)))
    }

    /// OpenAI tells for requests and for tokens when the limit is whole again. Those that are used up count; when none
    /// says so, the next to come: asking too early costs another refusal, asking too late costs the answer.
    private func limitReset(_ header: (String) -> String?) -> Duration? {
        let limits = ["requests", "tokens"].compactMap { kind in
            header("x-ratelimit-reset-\(kind)").flatMap(ResetDuration.seconds).flatMap(Self.bounded).map {
                (wait: $0, isUsedUp: header("x-ratelimit-remaining-\(kind)") == "0")
            }
        }
        return limits.filter(\.isUsedUp).map(\.wait).max() ?? limits.map(\.wait).min()
    }

    static func seconds(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ $0 == 0x2E || $0.isASCIIDigit })
        else { return nil }
        return Double(text)
    }

    private static func bounded(_ seconds: Double) -> Duration? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        return min(longest, .milliseconds(Int64(min(seconds, 1_000_000) * 1000)))
    }
}
