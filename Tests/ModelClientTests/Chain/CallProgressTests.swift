import Testing
import Vocabulary

@testable import ModelClient

struct CallProgressTests {
    /// Four models of rising price; the call begins at 0 and must be over at 120 seconds.
    private var progress = Self.progress(asksAgain: true)

    private static func progress(asksAgain: Bool) -> CallProgress {
        CallProgress(
            hops: zip(["a", "b", "c", "d"], [1, 2, 2, 4]).map {
                CallProgress.Hop(model: $0, worstCase: .cents($1))
            },
            rules: RetryRules(), maxRequests: 8, asksAgain: asksAgain, deadline: .seconds(120))
    }

    private func signal(_ kind: FailureKind, retryAfter: Duration? = nil, correction: USD? = nil) -> FailureSignal {
        var signal = FailureSignal(kind, "test")
        signal.retryAfter = retryAfter
        signal.correctionCost = correction
        return signal
    }

    private mutating func fail(
        _ kind: FailureKind, retryAfter: Duration? = nil, correction: USD? = nil, at seconds: Int = 0
    ) -> CallProgress.Action {
        let signal = signal(kind, retryAfter: retryAfter, correction: correction)
        return progress.next(after: .failed(signal), at: .seconds(seconds), chance: 1)
    }

    private mutating func skip(
        _ reason: Skip.Reason, for wait: Duration? = nil, at seconds: Int = 0
    ) -> CallProgress.Action {
        tell(.skipped(.init(reason: reason, wait: wait)), at: seconds)
    }

    private mutating func tell(_ event: CallProgress.Event, at seconds: Int = 0) -> CallProgress.Action {
        progress.next(after: event, at: .seconds(seconds), chance: 1)
    }

    @Test mutating func `asks the first model first`() {
        #expect(tell(.started) == .ask(0, .first))
    }

    @Test mutating func `waits longer before each retry, then moves on`() {
        #expect(fail(.rateLimited) == .wait(.seconds(2)))
        #expect(tell(.waited) == .ask(0, .retry))
        #expect(fail(.rateLimited) == .wait(.seconds(4)))
        #expect(fail(.rateLimited) == .wait(.seconds(8)))
        #expect(fail(.rateLimited) == .ask(1, .fallback))
    }

    @Test mutating func `counts the retries of each kind and each model for itself`() {
        #expect(fail(.unavailable) == .ask(0, .retry))
        #expect(fail(.notConnected) == .wait(.seconds(1)))
        #expect(fail(.unavailable) == .ask(1, .fallback))
        #expect(fail(.unavailable) == .ask(1, .retry))
        #expect(fail(.unavailable) == .ask(2, .fallback))
    }

    @Test mutating func `spreads waits by chance`() {
        let action = progress.next(after: .failed(signal(.rateLimited)), at: .zero, chance: 0.25)
        #expect(action == .wait(.milliseconds(500)))
    }

    @Test mutating func `does not repeat what may have been billed`() {
        #expect(fail(.timeout) == .ask(1, .fallback))
        #expect(fail(.poorAnswer) == .ask(2, .fallback))
        #expect(fail(.malformedResponse) == .ask(3, .fallback))
    }

    @Test mutating func `stops for a wrong request`() {
        #expect(fail(.invalidRequest) == .giveUp(.stopped(signal(.invalidRequest))))
    }

    @Test mutating func `takes a second opinion on a refusal, but no third`() {
        #expect(fail(.refused) == .ask(1, .fallback))
        #expect(fail(.refused) == .giveUp(.stopped(signal(.refused))))
    }

    @Test mutating func `obeys a hint, with a little more by chance`() {
        #expect(fail(.rateLimited, retryAfter: .seconds(10)) == .wait(.seconds(11)))
        #expect(
            progress.next(after: .failed(signal(.rateLimited, retryAfter: .seconds(10))), at: .zero, chance: 0)
                == .wait(.seconds(10)))
    }

    @Test mutating func `takes a hint of zero as none, so as not to hammer`() {
        #expect(fail(.rateLimited, retryAfter: .zero) == .wait(.seconds(2)))
    }

    @Test mutating func `moves on when a wait would eat the share of the models after it`() {
        // A quarter of 120 seconds each.
        #expect(fail(.rateLimited, retryAfter: .seconds(28)) == .ask(1, .fallback))
        #expect(fail(.rateLimited, retryAfter: .seconds(28)) == .wait(.milliseconds(30_800)))
    }

    @Test mutating func `must wait when only waits are left`() {
        #expect(fail(.rateLimited, retryAfter: .seconds(400)) == .ask(1, .fallback))
        #expect(skip(.resting, for: .seconds(300), at: 10) == .ask(2, .fallback))
        #expect(skip(.overSpendLimit, at: 20) == .ask(3, .fallback))
        #expect(fail(.quotaExceeded, retryAfter: .seconds(3600), at: 60) == .giveUp(.mustWait(.seconds(250))))
    }

    @Test mutating func `has failed when anything but waits stood in the way`() {
        #expect(skip(.resting, for: .seconds(300)) == .ask(1, .fallback))
        #expect(fail(.poorAnswer) == .ask(2, .fallback))
        #expect(skip(.resting, for: .seconds(300)) == .ask(3, .fallback))
        #expect(skip(.resting, for: .seconds(300)) == .giveUp(.exhausted))
    }

    @Test mutating func `has failed when no provider says how long to wait`() {
        for hop in 1...3 { #expect(fail(.quotaExceeded) == .ask(hop, .fallback)) }
        #expect(fail(.quotaExceeded) == .giveUp(.exhausted))
    }

    @Test mutating func `asks nobody after the deadline`() {
        #expect(fail(.timeout, at: 119) == .ask(1, .fallback))
        #expect(fail(.timeout, at: 120) == .giveUp(.deadline))
        #expect(tell(.waited, at: 121) == .giveUp(.deadline))
        #expect(progress.admit(upTo: .seconds(60), at: .seconds(120)) == nil)
    }

    @Test mutating func `leaves a fair share of the time for later models`() {
        #expect(progress.admit(upTo: .seconds(60), at: .zero) == .seconds(30))
        #expect(progress.admit(upTo: .seconds(20), at: .zero) == .seconds(20))
        #expect(fail(.timeout, at: 30) == .ask(1, .fallback))
        #expect(progress.admit(upTo: .seconds(60), at: .seconds(30)) == .seconds(30))
        #expect(fail(.timeout, at: 60) == .ask(2, .fallback))
        #expect(fail(.timeout, at: 60) == .ask(3, .fallback))
        #expect(progress.admit(upTo: .seconds(600), at: .seconds(60)) == .seconds(60))
    }

    @Test mutating func `sends no more requests than allowed`() {
        for _ in 0..<7 { #expect(progress.admit(upTo: .seconds(1), at: .zero) != nil) }
        #expect(fail(.rateLimited) == .wait(.seconds(2)))
        #expect(progress.admit(upTo: .seconds(1), at: .zero) != nil)
        #expect(fail(.rateLimited) == .giveUp(.exhausted))
    }

    @Test mutating func `tells a model once what was wrong when that is cheaper than the next`() {
        #expect(fail(.poorAnswer, correction: USD(nanos: 1)) == .ask(0, .correction))
        #expect(progress.extraCost == USD(nanos: 1))
        #expect(fail(.poorAnswer, correction: USD(nanos: 1)) == .ask(1, .fallback))
        #expect(progress.extraCost == .zero)
        // As dear as the next model or dearer: better the other one.
        #expect(fail(.poorAnswer, correction: USD(nanos: 1)) == .ask(2, .fallback))
        #expect(fail(.poorAnswer, correction: .cents(1)) == .ask(2, .correction))
        #expect(fail(.poorAnswer, correction: .cents(1)) == .ask(3, .fallback))
        // There is no next model.
        #expect(fail(.poorAnswer, correction: .cents(9)) == .ask(3, .correction))
        #expect(fail(.poorAnswer, correction: .cents(9)) == .giveUp(.exhausted))
    }

    @Test func `tells no model anything when that is switched off`() {
        var progress = Self.progress(asksAgain: false)
        let poor = signal(.poorAnswer, correction: .zero)
        #expect(progress.next(after: .failed(poor), at: .zero, chance: 1) == .ask(1, .fallback))
    }

    @Test mutating func `does not repeat when the process may not`() {
        let action = progress.next(
            after: .failed(signal(.unavailable)), at: .zero, chance: 1, mayRetry: { false })
        #expect(action == .ask(1, .fallback))
    }

    @Test mutating func `waits for the budgets' new day when nothing else stands in the way`() {
        #expect(skip(.overBudget, for: .seconds(5000)) == .ask(1, .fallback))
        #expect(skip(.emergency, for: .seconds(5000)) == .ask(2, .fallback))
        #expect(skip(.overBudget, for: .seconds(5000)) == .ask(3, .fallback))
        #expect(skip(.emergency, for: .seconds(5000), at: 10) == .giveUp(.overBudget(.seconds(4990))))
        #expect(progress.skips.map(\.reason) == [.overBudget, .emergency, .overBudget, .emergency])
        #expect(progress.skips.map(\.model) == ["a", "b", "c", "d"])
    }

    @Test mutating func `waits for a model sooner than for the budgets`() {
        #expect(skip(.overBudget, for: .seconds(50)) == .ask(1, .fallback))
        #expect(skip(.overBudget, for: .seconds(50)) == .ask(2, .fallback))
        #expect(skip(.resting, for: .seconds(500)) == .ask(3, .fallback))
        #expect(skip(.overBudget, for: .seconds(50)) == .giveUp(.mustWait(.seconds(500))))
    }

    @Test mutating func `sends no request that has next to no time`() {
        let late = Duration.seconds(120) - .milliseconds(49)
        #expect(progress.admit(upTo: .seconds(60), at: late) == nil)
        #expect(progress.next(after: .waited, at: late, chance: 1) == .giveUp(.deadline))
        #expect(progress.next(after: .failed(signal(.timeout)), at: late, chance: 1) == .giveUp(.deadline))
        #expect(progress.requests == 0)
        // With four models left, a fair share of 100 ms would be too little for anyone.
        let near = Duration.seconds(120) - .milliseconds(100)
        #expect(progress.admit(upTo: .seconds(60), at: near) == .milliseconds(50))
    }

    @Test mutating func `does not wait for a retry that would have next to no time`() {
        for _ in 0..<3 { _ = skip(.overSpendLimit) }
        let hint = Duration.seconds(20) - .milliseconds(30)
        let limited = signal(.rateLimited, retryAfter: hint)
        #expect(
            progress.next(after: .failed(limited), at: .seconds(100), chance: 0) == .giveUp(.mustWait(hint)))
    }
}
