import Foundation
import InboxCore

/// Decides how to begin an attempt, and what its end means for the effect. Without I/O, clock or chance of its own.
struct EffectVerdict {
    enum Opening: Hashable {
        case send
        /// Whether an earlier attempt arrived.
        case ask
        /// It must not be sent again, and nobody can be asked.
        case hold
    }

    let attempt: Int
    let terms: EffectTerms
    let now: Date
    /// A random number in 0..<1.
    let jitter: Double

    static func opening(isUncertain: Bool, repetition: Repetition) -> Opening {
        guard isUncertain else { return .send }
        switch repetition {
        case .idempotent: return .send
        case .askable: return .ask
        case .neither: return .hold
        }
    }

    static let held = EffectResult.Outcome.unknown(
        reason: "an earlier attempt was cut off and may have arrived; look at the receiver before you send it again")

    /// - Parameter mayHaveArrived: whether an earlier attempt may have, as far as is known by now.
    func outcome(of response: EffectResponse, mayHaveArrived: Bool) -> EffectResult.Outcome {
        switch response {
        case .delivered(let writes): return .done(wrote: writes.flatMap(FieldWrite.all))
        case .refused(let reason):
            guard mayHaveArrived else { return .failed(reason: reason) }
            return .unknown(reason: "\(reason), after an attempt that may have arrived; look at the receiver")
        case .failed(let reason, let pause): return again(reason, after: pause, mayHaveArrived: mayHaveArrived)
        case .uncertain(let reason):
            guard terms.repetition == .neither else { return again(reason, mayHaveArrived: true) }
            return .unknown(reason: "\(reason); look at the receiver before you send it again")
        }
    }

    /// The receiver could not say whether it has the effect.
    func outcome(unanswered reason: String) -> EffectResult.Outcome {
        again(reason, mayHaveArrived: true)
    }

    private func again(
        _ reason: String, after pause: Duration? = nil, mayHaveArrived: Bool
    ) -> EffectResult.Outcome {
        guard let delay = terms.policy.delay(afterFailed: attempt, jitter: jitter) else {
            let words = "given up after \(attempt) attempts; at last: \(reason)"
            return mayHaveArrived
                ? .unknown(reason: "\(words). One of them may have arrived; look at the receiver")
                : .failed(reason: words)
        }
        let due = now + max(delay, pause ?? .zero).timeInterval
        return .retry(at: due, reason: reason, mayHaveArrived: mayHaveArrived)
    }
}
