import Synchronization

/// Remembers until when models want no requests, so that a call does not ask what the one before it was refused.
final class RestingModels: Sendable {
    /// The longest rest that is believed: a mistaken hint must not take a model away for a day.
    static let longest = Duration.seconds(3600)

    private let ends = Mutex<[String: Duration]>([:])

    /// Lets a model rest, at least until an earlier rest is over.
    func rest(_ model: String, for wait: Duration, at now: Duration) {
        let end = now + min(wait, Self.longest)
        ends.withLock { $0[model] = max($0[model] ?? end, end) }
    }

    /// How long a model still rests; `nil` when it may be asked.
    func remaining(for model: String, at now: Duration) -> Duration? {
        ends.withLock { ends in
            guard let end = ends[model] else { return nil }
            guard end > now else {
                ends[model] = nil
                return nil
            }
            return end - now
        }
    }
}
