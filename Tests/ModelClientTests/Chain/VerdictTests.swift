import Testing

@testable import ModelClient

struct VerdictTests {
    private let rules = RetryRules()

    private func verdict(_ kind: FailureKind, isRetryable: Bool? = nil) -> Verdict {
        var signal = FailureSignal(kind, "test")
        signal.isRetryable = isRetryable
        return rules.verdict(on: signal)
    }

    @Test(
        arguments: [
            (.rateLimited, .retry(.init(retries: 3, base: .seconds(2)))),
            (.notConnected, .retry(.init(retries: 2, base: .seconds(1)))),
            (.unavailable, .retry(.init(retries: 1, base: .zero))),
            (.timeout, .next), (.quotaExceeded, .next), (.authentication, .next), (.contextTooLong, .next),
            (.unknownModel, .next), (.refused, .next), (.malformedResponse, .next), (.constrained, .next),
            (.poorAnswer, .correct), (.invalidRequest, .stop),
        ] as [(FailureKind, Verdict)])
    func `follows the kind of failure`(kind: FailureKind, expected: Verdict) {
        #expect(verdict(kind) == expected)
    }

    @Test func `obeys the provider's word`() {
        #expect(verdict(.rateLimited, isRetryable: false) == .next)
        #expect(verdict(.unavailable, isRetryable: false) == .next)
        #expect(verdict(.unknownModel, isRetryable: true) == .retry(rules.unavailable))
        #expect(verdict(.invalidRequest, isRetryable: false) == .stop)
    }

    @Test func `gives an overloaded server time`() {
        var signal = FailureSignal(.unavailable, "test")
        signal.isOverload = true
        #expect(rules.verdict(on: signal) == .retry(.init(retries: 1, base: .seconds(2))))
    }

    @Test(
        arguments: [
            (0, 1.0, 2), (1, 1.0, 4), (2, 1.0, 8), (3, 1.0, 16), (4, 1.0, 30), (60, 1.0, 30), (2, 0.5, 4), (2, 0.0, 0),
            (2, -1, 0), (2, 7, 8),
        ] as [(Int, Double, Int)])
    func `waits a random share of the doubled base, capped`(retry: Int, chance: Double, seconds: Int) {
        #expect(rules.wait(before: retry, base: .seconds(2), chance: chance) == .seconds(seconds))
    }

    @Test func `does not trap on absurd settings`() {
        let absurd = RetryRules(cap: .seconds(Int64.max))
        #expect(absurd.wait(before: 1000, base: .seconds(Int64.max), chance: 1) > .seconds(1))
    }
}
