import Testing

@testable import ModelClient

struct HealthBookTests {
    private var book = HealthBook(
        BreakerRules(failures: 2, window: 4, interval: .seconds(10), accountInterval: .seconds(60)))

    private mutating func conclude(
        _ kind: FailureKind?, retryAfter: Duration? = nil, concernsProvider: Bool = false, model: String = "a",
        at seconds: Int = 0
    ) {
        var signal = kind.map { FailureSignal($0, "test") }
        signal?.retryAfter = retryAfter
        signal?.concernsProvider = concernsProvider
        let ticket = book.begin(model, at: "one", now: .seconds(seconds))
        book.conclude(ticket, signal, at: .seconds(seconds))
    }

    private func standing(_ model: String = "a", at seconds: Int = 0) -> HealthBook.Standing {
        book.standing(of: model, at: "one", now: .seconds(seconds))
    }

    @Test mutating func `rests as long as a hint says, but believes no more than an hour of it`() {
        conclude(.rateLimited, retryAfter: .seconds(30))
        #expect(standing(at: 10) == .resting(.seconds(20)))
        #expect(standing(at: 30) == .open)
        conclude(.unavailable, retryAfter: .seconds(50_000), at: 40)
        #expect(standing(at: 40) == .resting(.seconds(3600)))
    }

    @Test mutating func `believes the reset of a quota`() {
        conclude(.quotaExceeded, retryAfter: .seconds(50_000))
        #expect(standing() == .resting(.seconds(50_000)))
    }

    @Test mutating func `does not shorten a rest`() {
        conclude(.rateLimited, retryAfter: .seconds(100))
        conclude(.rateLimited, retryAfter: .seconds(10))
        #expect(standing() == .resting(.seconds(100)))
    }

    @Test mutating func `chooses a rest of its own when rate limits come without a hint`() {
        for _ in 0..<3 { conclude(.rateLimited) }
        #expect(standing() == .open)
        conclude(.rateLimited)
        #expect(standing() == .resting(.seconds(2)))
        conclude(.rateLimited, at: 2)
        #expect(standing(at: 2) == .resting(.seconds(4)))
        conclude(nil, at: 6)
        for _ in 0..<3 { conclude(.rateLimited, at: 6) }
        #expect(standing(at: 6) == .open)
    }

    @Test mutating func `takes rate limits and poor answers for no sign of ill health`() {
        for kind: FailureKind in [.rateLimited, .poorAnswer, .refused, .contextTooLong, .quotaExceeded] {
            for _ in 0..<3 { conclude(kind, model: kind.rawValue) }
            #expect(standing(kind.rawValue) == .open)
        }
    }

    @Test mutating func `tells once that a model went down, and once that it is back`() {
        conclude(.timeout)
        conclude(.unavailable)
        #expect(book.takeAlerts() == [.modelDown("a")])
        #expect(standing() == .resting(.seconds(10)))
        for _ in 0..<8 { conclude(nil, at: 10) }
        #expect(book.takeAlerts() == [.modelRecovered("a")])
        #expect(standing(at: 10) == .open)
    }

    @Test mutating func `is busy on the ramp when its width is under way`() {
        conclude(.timeout)
        conclude(.timeout)
        conclude(nil, at: 10)
        let first = book.begin("a", at: "one", now: .seconds(10))
        #expect(standing(at: 10) == .busy)
        book.conclude(first, nil, at: .seconds(11))
        _ = book.begin("a", at: "one", now: .seconds(11))
        #expect(standing(at: 11) == .open)
    }

    @Test mutating func `closes a provider whose key is refused, for all its models`() {
        conclude(.authentication, concernsProvider: true)
        conclude(.authentication, concernsProvider: true, model: "b")
        #expect(book.takeAlerts() == [.keyRefused(provider: "one")])
        #expect(standing("c", at: 20) == .providerClosed(.seconds(40)))
        #expect(book.standing(of: "d", at: "two", now: .zero) == .open)
        // One request finds out whether the account has been mended.
        let probe = book.begin("c", at: "one", now: .seconds(60))
        #expect(probe.isProviderProbe)
        #expect(standing("b", at: 60) != .open)
        book.conclude(probe, nil, at: .seconds(61))
        #expect(standing("b", at: 61) == .open)
    }

    @Test mutating func `tells used-up credit from a refused key`() {
        conclude(.quotaExceeded, concernsProvider: true)
        #expect(book.takeAlerts() == [.creditUsedUp(provider: "one")])
    }

    @Test mutating func `forgets a refused key and an unknown model with another configuration`() {
        conclude(.unknownModel)
        conclude(.authentication, concernsProvider: true, model: "b")
        #expect(book.takeAlerts() == [.unknownModel("a", provider: "one"), .keyRefused(provider: "one")])
        book.adopt(BreakerRules(failures: 2, window: 4, interval: .seconds(10), accountInterval: .seconds(60)))
        #expect(standing() == .open)
        #expect(standing("b") == .open)
    }

    @Test mutating func `keeps what it knows of a failing model under another configuration`() {
        let rules = BreakerRules(failures: 2, window: 4, interval: .seconds(10), accountInterval: .seconds(60))
        conclude(.timeout)
        conclude(.timeout)
        book.adopt(rules)
        #expect(standing() == .resting(.seconds(10)))
    }

    @Test mutating func `an abandoned probe leaves the model closed for another interval`() {
        conclude(.timeout)
        conclude(.timeout)
        let probe = book.begin("a", at: "one", now: .seconds(10))
        book.abandon(probe, at: .seconds(11))
        #expect(standing(at: 12) != .open)
        #expect(standing(at: 31) == .open)
    }

    @Test mutating func `believes nothing about the account that was asked under another configuration`() {
        let (first, second) = (book.begin("a", at: "one", now: .zero), book.begin("b", at: "one", now: .zero))
        book.adopt(BreakerRules())
        var refused = FailureSignal(.authentication, "test")
        refused.concernsProvider = true
        book.conclude(first, refused, at: .zero)
        book.conclude(second, FailureSignal(.unknownModel, "test"), at: .zero)
        #expect(standing("a") == .open)
        #expect(standing("b") == .open)
        #expect(book.takeAlerts() == [])
    }

    @Test mutating func `keeps a provider closed when the probe did not reach it`() {
        conclude(.authentication, concernsProvider: true)
        conclude(.notConnected, at: 60)
        #expect(standing(at: 61) == .providerClosed(.seconds(59)))
    }

    @Test mutating func `a probe that finds the model unknown is over`() {
        conclude(.timeout)
        conclude(.timeout)
        conclude(.unknownModel, at: 10)
        #expect(standing(at: 10) == .unknownModel)
        book.adopt(BreakerRules(failures: 2, window: 4, interval: .seconds(10), accountInterval: .seconds(60)))
        #expect(standing(at: 60) == .open)
    }

    @Test mutating func `while an account is probed, the others wait for an interval of accounts`() {
        conclude(.authentication, concernsProvider: true)
        _ = book.begin("a", at: "one", now: .seconds(60))
        #expect(standing("b", at: 60) == .providerClosed(.seconds(60)))
    }

    @Test mutating func `a probe of an account given up under another configuration closes nothing`() {
        conclude(.authentication, concernsProvider: true)
        let probe = book.begin("a", at: "one", now: .seconds(60))
        book.adopt(BreakerRules(accountInterval: .seconds(60)))
        conclude(.authentication, concernsProvider: true, at: 70)
        book.abandon(probe, at: .seconds(100))
        #expect(standing("b", at: 130) == .open)
    }
}
