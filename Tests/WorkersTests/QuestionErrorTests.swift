import Bellhop
import ModelClient
import Testing

@testable import Workers

@Suite struct QuestionErrorTests {
    private func verdict(
        _ code: ModelClientError.Code, failures: [FailureKind] = [], skips: [Skip.Reason] = [],
        retryAfter: Duration? = nil, policy: DataPolicy = .open
    ) -> QuestionError {
        let attempts = failures.map {
            Attempt(model: "m", status: nil, elapsed: .zero, cost: .none, failure: .init($0, "for a test"))
        }
        return QuestionError(
            ModelClientError(
                code, "message", attempts: attempts, skipped: skips.map { Skip(model: "s", reason: $0) },
                retryAfter: retryAfter),
            policy: policy)
    }

    @Test func aBudgetThatIsUsedUpIsWaitedFor() {
        #expect(verdict(.overBudget, retryAfter: .seconds(7200)) == .wait(.seconds(600), reason: "message"))
        #expect(verdict(.overBudget) == .wait(.seconds(600), reason: "message"))
        #expect(verdict(.mustWait, retryAfter: .seconds(30)) == .wait(.seconds(30), reason: "message"))
    }

    @Test func spendingThatCannotBeRecordedIsAnOutage() {
        #expect(verdict(.unrecorded, retryAfter: .seconds(1)) == .outage(reason: "message"))
    }

    @Test(
        arguments: [
            (DataPolicy(regions: ["us", "eu"], noTraining: true), "only servers in eu, us; no training on it"),
            (DataPolicy(zeroRetention: true), "nothing kept of it"), (DataPolicy(regions: []), "no region at all"),
        ])
    func dataThatNoModelMaySeeIsHeldWithThePolicyAndAWayOut(policy: DataPolicy, words: String) {
        guard case .needsPerson(_, let reason) = verdict(.noModelAllowed, policy: policy) else {
            Issue.record("not held")
            return
        }
        #expect(reason.contains(words))
        #expect(reason.contains("bellhop.yaml") && reason.contains("retry the event"))
    }

    @Test(
        arguments: [
            ([], [.resting]), ([], [.providerClosed, .resting]), ([], [.emergency]), ([], [.overBudget]), ([], []),
            ([.unavailable], []), ([.authentication, .timeout], [.resting]), ([.unavailable], [.overSpendLimit]),
            ([], [.resting, .unpriced]), ([], [.disabled, .resting]), ([.rateLimited], [.disabled]),
        ] as [([FailureKind], [Skip.Reason])])
    func whatTimeAloneMendsIsAnOutage(failures: [FailureKind], skips: [Skip.Reason]) {
        #expect(verdict(.chainExhausted, failures: failures, skips: skips) == .outage(reason: "message"))
        #expect(verdict(.deadlineExceeded, failures: failures, skips: skips) == .outage(reason: "message"))
    }

    @Test(
        arguments: [
            ([], [.overSpendLimit], "spend limit"), ([], [.unpriced], "spend limit"),
            ([.poorAnswer], [.overSpendLimit], "spend limit"), ([.poorAnswer, .timeout], [.unpriced], "spend limit"),
            ([], [.overSpendLimit, .disabled], "spend limit"), ([], [.overCeiling], "ceilings"),
            ([], [.disabled], "ids in bellhop.yaml"),
        ] as [([FailureKind], [Skip.Reason], String)])
    func whatTimeDoesNotMendIsHeld(failures: [FailureKind], skips: [Skip.Reason], words: String) {
        guard case .needsPerson(_, let reason) = verdict(.chainExhausted, failures: failures, skips: skips) else {
            Issue.record("not held")
            return
        }
        #expect(reason.contains(words))
    }

    @Test(
        arguments: [
            ([.poorAnswer], []), ([.poorAnswer, .unavailable], [.resting]), ([.refused], [.disabled]),
            ([.malformedResponse], [.overBudget]), ([.contextTooLong], [.emergency]),
        ] as [([FailureKind], [Skip.Reason])])
    func poorAnswersAreTriedAgain(failures: [FailureKind], skips: [Skip.Reason]) {
        #expect(verdict(.chainExhausted, failures: failures, skips: skips) == .noAnswer(reason: "message"))
    }

    @Test func aWrongRequestIsHeld() {
        #expect(verdict(.stopped) == .needsPerson(.wrongRequest, reason: "message"))
    }
}
