import Foundation
import InboxCore

/// One attempt to deliver a claimed effect, from the question whether an earlier one arrived to the verdict.
struct EffectAttempt {
    let claim: EffectClaim
    let deliverer: any EffectDeliverer
    let now: @Sendable () -> Date
    let jitter: @Sendable () -> Double

    struct End {
        var outcome: EffectResult.Outcome
        /// What it says about the receiver.
        var pace: LanePace.Ending
    }

    /// - Throws: when cancelled; whether it was sent is open then.
    func run() async throws(CancellationError) -> End {
        let terms = deliverer.terms(of: claim.effect)
        var mayHaveArrived = claim.isUncertain
        switch EffectVerdict.opening(isUncertain: claim.isUncertain, repetition: terms.repetition) {
        case .send: break
        case .hold: return End(outcome: EffectVerdict.held, pace: .neutral)
        case .ask:
            switch try await deliverer.ask(about: claim.effect, under: claim.key) {
            case .happened(let writes):
                return End(outcome: .done(wrote: writes.flatMap(FieldWrite.all)), pace: .answered)
            case .cannotTell(let reason):
                return End(
                    outcome: verdict(terms).outcome(unanswered: reason), pace: .failed(retryAfter: nil))
            case .didNot: mayHaveArrived = false
            }
        }
        let response = try await deliverer.deliver(claim.effect, under: claim.key)
        return End(
            outcome: verdict(terms).outcome(of: response, mayHaveArrived: mayHaveArrived), pace: response.pace)
    }

    private func verdict(_ terms: EffectTerms) -> EffectVerdict {
        EffectVerdict(attempt: claim.attempt, terms: terms, now: now(), jitter: jitter())
    }
}

extension EffectResponse {
    fileprivate var pace: LanePace.Ending {
        switch self {
        case .delivered, .refused: .answered
        case .failed(_, let pause): .failed(retryAfter: pause)
        case .uncertain: .failed(retryAfter: nil)
        }
    }
}
