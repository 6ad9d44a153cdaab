import Foundation
import HTTPCore
import Vocabulary

/// How long a provider asks to wait, wherever it says so.
///
/// `Retry-After` is RFC 9110, section 10.2.3; `retry-after-ms` is OpenAI's; the others are OpenRouter's.
struct RetryHint {
    /// The longest wait that is believed.
    static let longest = Duration.seconds(86_400)

    let now: Date

    /// The first hint that can be read: the headers, then the error's availability, then the time of a reset.
    ///
    /// - Returns: zero to a day, or `nil` when there is no hint or only garbage.
    func wait(response: TransportResponse, error: ErrorBody?) -> Duration? {
        response.header("retry-after-ms").flatMap { Self.seconds($0) }.flatMap { Self.bounded($0 / 1000) }
            ?? response.header("Retry-After").flatMap(retryAfter)
            ?? error?.retryAfter.flatMap(Self.bounded)
            ?? error?.rateLimitReset.flatMap(untilReset)
            ?? response.header("X-RateLimit-Reset").flatMap(Self.seconds).flatMap(untilReset)
    }

    /// Whole seconds or a date by the standard; fractions are seen in the field.
    private func retryAfter(_ text: String) -> Duration? {
        if let seconds = Self.seconds(text) { return Self.bounded(seconds) }
        guard let date = Date(httpDate: text) else { return nil }
        return Self.bounded(max(0, date.timeIntervalSince(now)))
    }

    /// An epoch in seconds or milliseconds. Seconds stay below 100 billion until the year 5138.
    private func untilReset(_ epoch: Double) -> Duration? {
        // Anything smaller is no epoch: OpenAI, for one, sends the length of the wait under a similar name.
        guard epoch > 1_000_000_000 else { return nil }
        let date = Date(timeIntervalSince1970: epoch > 100_000_000_000 ? epoch / 1000 : epoch)
        return Self.bounded(max(0, date.timeIntervalSince(now)))
    }

    static func seconds(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) })
        else { return nil }
        return Double(text)
    }

    private static func bounded(_ seconds: Double) -> Duration? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        return min(longest, .milliseconds(Int64(min(seconds, 1_000_000) * 1000)))
    }
}
