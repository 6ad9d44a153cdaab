/// What a failure means for the call.
enum Verdict: Equatable {
    /// Ask the same model again, as often and after such waits as the rule says; then the next.
    case retry(RetryRules.Rule)
    case next
    /// Tell the same model what was wrong with its answer, if that is worth it; else the next.
    case correct
    case stop
}

extension RetryRules {
    /// The verdict on a failure. A provider's own word on whether to ask again goes before the kind of failure.
    func verdict(on signal: FailureSignal) -> Verdict {
        switch (signal.kind, signal.isRetryable) {
        case (.invalidRequest, false), (.invalidRequest, nil): .stop
        case (.poorAnswer, _): .correct
        case (_, false): .next
        case (.rateLimited, _): .retry(rateLimit)
        case (.notConnected, _): .retry(timeout)
        case (.unavailable, _):
            .retry(signal.isOverload ? Rule(retries: unavailable.retries, base: rateLimit.base) : unavailable)
        case (_, true): .retry(unavailable)
        case (_, nil): .next
        }
    }

    /// The wait before retry number `retry` (from 0): a random share of the doubled and capped base.
    func wait(before retry: Int, base: Duration, chance: Double) -> Duration {
        var longest = min(base, cap)
        for _ in 0..<max(0, retry) where longest < cap { longest = min(longest + longest, cap) }
        return longest * min(max(0, chance), 1)
    }
}
