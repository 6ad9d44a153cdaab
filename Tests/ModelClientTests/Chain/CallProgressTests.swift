import Testing

@testable import ModelClient

struct CallProgressTests {
    /// Three models at the provider "one" and one at "two"; the call begins at 0 and must be over at 120 seconds.
    private var progress = CallProgress(
        hops: [
            .init(model: "a", provider: "one"), .init(model: "b", provider: "one"), .init(model: "c", provider: "one"),
            .init(model: "d", provider: "two"),
        ],
        rules: RetryRules(), maxRequests: 8, deadline: .seconds(120))

    private func signal(_ kind: FailureKind, retryAfter: Duration? = nil, concernsProvider: Bool = false)
        -> FailureSignal
    {
        var signal = FailureSignal(kind, "test")
        signal.retryAfter = retryAfter
        signal.concernsProvider = concernsProvider
        return signal
    }

    private mutating func fail(
        _ kind: FailureKind, retryAfter: Duration? = nil, concernsProvider: Bool = false, at seconds: Int = 0
    ) -> CallProgress.Action {
        let signal = signal(kind, retryAfter: retryAfter, concernsProvider: concernsProvider)
        return progress.next(after: .failed(signal), at: .seconds(seconds), chance: 1)
    }

    private mutating func tell(_ event: CallProgress.Event, at seconds: Int = 0) -> CallProgress.Action {
        progress.next(after: event, at: .seconds(seconds), chance: 1)
    }

    @Test mutating func `asks the first model first`() {
        #expect(tell(.started) == .ask(0))
    }

    @Test mutating func `waits longer before each retry, then moves on`() {
        #expect(fail(.rateLimited) == .wait(.seconds(2)))
        #expect(tell(.waited) == .ask(0))
        #expect(fail(.rateLimited) == .wait(.seconds(4)))
        #expect(fail(.rateLimited) == .wait(.seconds(8)))
        #expect(fail(.rateLimited) == .ask(1))
    }

    @Test mutating func `counts the retries of each kind and each model for itself`() {
        #expect(fail(.unavailable) == .ask(0))
        #expect(fail(.notConnected) == .wait(.seconds(1)))
        #expect(fail(.unavailable) == .ask(1))
        #expect(fail(.unavailable) == .ask(1))
        #expect(fail(.unavailable) == .ask(2))
    }

    @Test mutating func `spreads waits by chance`() {
        let action = progress.next(after: .failed(signal(.rateLimited)), at: .zero, chance: 0.25)
        #expect(action == .wait(.milliseconds(500)))
    }

    @Test mutating func `does not repeat what may have been billed`() {
        #expect(fail(.timeout) == .ask(1))
        #expect(fail(.poorAnswer) == .ask(2))
        #expect(fail(.malformedResponse) == .ask(3))
    }

    @Test mutating func `stops for a wrong request`() {
        #expect(fail(.invalidRequest) == .giveUp(.stopped(signal(.invalidRequest))))
    }

    @Test mutating func `takes a second opinion on a refusal, but no third`() {
        #expect(fail(.refused) == .ask(1))
        #expect(fail(.refused) == .giveUp(.stopped(signal(.refused))))
    }

    @Test mutating func `passes over other models of a provider whose key or credit failed`() {
        #expect(fail(.authentication, concernsProvider: true) == .ask(3))
        #expect(fail(.authentication, concernsProvider: true) == .giveUp(.exhausted))
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
        #expect(fail(.rateLimited, retryAfter: .seconds(28)) == .ask(1))
        #expect(fail(.rateLimited, retryAfter: .seconds(28)) == .wait(.milliseconds(30_800)))
    }

    @Test mutating func `must wait when only waits are left`() {
        #expect(fail(.rateLimited, retryAfter: .seconds(400)) == .ask(1))
        #expect(tell(.resting(.seconds(300)), at: 10) == .ask(2))
        #expect(fail(.overSpendLimit, at: 20) == .ask(3))
        #expect(fail(.quotaExceeded, retryAfter: .seconds(3600), at: 60) == .giveUp(.mustWait(.seconds(250))))
    }

    @Test mutating func `has failed when anything but waits stood in the way`() {
        #expect(tell(.resting(.seconds(300))) == .ask(1))
        #expect(fail(.poorAnswer) == .ask(2))
        #expect(tell(.resting(.seconds(300))) == .ask(3))
        #expect(tell(.resting(.seconds(300))) == .giveUp(.exhausted))
    }

    @Test mutating func `has failed when no provider says how long to wait`() {
        for hop in 1...3 { #expect(fail(.quotaExceeded) == .ask(hop)) }
        #expect(fail(.quotaExceeded) == .giveUp(.exhausted))
    }

    @Test mutating func `asks nobody after the deadline`() {
        #expect(fail(.timeout, at: 119) == .ask(1))
        #expect(fail(.timeout, at: 120) == .giveUp(.deadline))
        #expect(tell(.waited, at: 121) == .giveUp(.deadline))
        #expect(progress.admit(upTo: .seconds(60), at: .seconds(120)) == nil)
    }

    @Test mutating func `leaves a fair share of the time for later models`() {
        #expect(progress.admit(upTo: .seconds(60), at: .zero) == .seconds(30))
        #expect(progress.admit(upTo: .seconds(20), at: .zero) == .seconds(20))
        #expect(fail(.timeout, at: 30) == .ask(1))
        #expect(progress.admit(upTo: .seconds(60), at: .seconds(30)) == .seconds(30))
        #expect(fail(.timeout, at: 60) == .ask(2))
        #expect(fail(.timeout, at: 60) == .ask(3))
        #expect(progress.admit(upTo: .seconds(600), at: .seconds(60)) == .seconds(60))
    }

    @Test mutating func `sends no more requests than allowed`() {
        for _ in 0..<7 { #expect(progress.admit(upTo: .seconds(1), at: .zero) != nil) }
        #expect(fail(.rateLimited) == .wait(.seconds(2)))
        #expect(progress.admit(upTo: .seconds(1), at: .zero) != nil)
        #expect(fail(.rateLimited) == .giveUp(.exhausted))
    }
}
