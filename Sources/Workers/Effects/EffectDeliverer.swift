package import Bellhop
package import InboxCore

/// Brings effects of one kind about.
///
/// **For implementers.** Nothing it returns may quote a secret, a body or a receiver's words: reasons are stored and
/// shown.
package protocol EffectDeliverer: Sendable {
    var kind: Effect.Kind { get }

    /// The lanes that have bounds of their own. Others of this kind have none.
    var lanes: [EffectLane: LaneLimits] { get }

    /// The longest that one attempt takes, with the question before it whether an earlier one arrived.
    var longestAttempt: Duration { get }

    /// How to go on when an attempt does not get through.
    func terms(of effect: Effect) -> EffectTerms

    /// Makes one attempt.
    ///
    /// - Parameter key: what the receiver can tell a repetition by.
    /// - Throws: when cancelled; it may have been sent then.
    func deliver(_ effect: Effect, under key: String) async throws(CancellationError) -> EffectResponse

    /// Asks the receiver whether it has an effect. Called for ``Repetition/askable`` ones only.
    func ask(about effect: Effect, under key: String) async throws(CancellationError) -> EffectAnswer
}

/// How much of a lane may be under way.
package struct LaneLimits: Sendable, Hashable {
    /// At once; 0 while nothing can be sent there.
    package var concurrency: Int
    /// `nil` for no limit.
    package var perMinute: Int?

    package init(concurrency: Int, perMinute: Int? = nil) {
        self.concurrency = max(0, concurrency)
        self.perMinute = perMinute.map { max(1, $0) }
    }
}

package struct EffectTerms: Sendable, Hashable {
    package var repetition: Repetition
    package var policy: RetryPolicy

    package init(repetition: Repetition, policy: RetryPolicy) {
        self.repetition = repetition
        self.policy = policy
    }
}

/// What came of an attempt to deliver.
package enum EffectResponse: Sendable, Hashable {
    /// The receiver has it.
    case delivered(wrote: [Effect.Write])
    /// The receiver does not want it, and will not.
    case refused(reason: String)
    /// It did not happen this time. The receiver may have said when to come again.
    case failed(reason: String, retryAfter: Duration?)
    /// Nobody knows whether it happened.
    case uncertain(reason: String)
}

/// What a receiver says about an effect that may have arrived.
package enum EffectAnswer: Sendable, Hashable {
    case happened(wrote: [Effect.Write])
    case didNot
    case cannotTell(reason: String)
}
