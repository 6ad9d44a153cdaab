package import Foundation

/// One effect's way into the world: where it stands, and the rules by which it moves.
///
/// A plain value without clock or storage; every store keeps these rules by using it. The key, which the receiver sees,
/// belongs to the effect and not to an attempt: nothing here changes it.
package struct EffectRecord: Sendable, Hashable {
    package private(set) var state: EffectState
    /// Attempts that came to an end since it was planned or made ready by hand.
    package private(set) var attempts: Int
    /// Whether an earlier attempt may have arrived though nobody knows.
    package private(set) var mayHaveArrived: Bool

    package init(
        state: EffectState = .planned(due: nil, reason: nil), attempts: Int = 0, mayHaveArrived: Bool = false
    ) {
        self.state = state
        self.attempts = attempts
        self.mayHaveArrived = mayHaveArrived
    }

    /// From when on one that waits or is under way can be claimed; `nil` when it can be now, or never by itself.
    package var dueAt: Date? {
        switch state {
        case .planned(let due, _): due
        case .sending(let lease): lease.expiresAt
        case .done, .failed, .unknown, .dropped: nil
        }
    }

    /// Makes it ready when its pause or its lease is over. A lease that runs out leaves open whether it was sent.
    ///
    /// - Returns: whether it changed.
    package mutating func becomeDue(at now: Date) -> Bool {
        guard let dueAt, dueAt <= now else { return false }
        if case .sending = state { mayHaveArrived = true }
        state = .planned(due: nil, reason: state.reason)
        return true
    }

    /// - Returns: whether it was ready.
    package mutating func claim(under lease: Lease) -> Bool {
        guard case .planned(due: nil, _) = state else { return false }
        state = .sending(lease: lease)
        return true
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func extend(_ lease: Lease, until: Date) -> Bool {
        guard isSending(under: lease) else { return false }
        state = .sending(lease: Lease(token: lease.token, epoch: lease.epoch, expiresAt: until))
        return true
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func finish(_ lease: Lease, with result: EffectResult) -> Bool {
        guard isSending(under: lease) else { return false }
        switch result.outcome {
        case .done: state = .done(at: result.at)
        case .retry(let due, let reason, let mayHaveArrived):
            state = .planned(due: due, reason: reason)
            self.mayHaveArrived = mayHaveArrived
        case .failed(let reason):
            state = .failed(at: result.at, reason: reason)
            mayHaveArrived = false
        case .unknown(let reason):
            state = .unknown(at: result.at, reason: reason)
            mayHaveArrived = true
        case .notSent(let until, let reason):
            state = .planned(due: until, reason: reason)
            return true
        }
        attempts += 1
        return true
    }

    /// Does what a person decided.
    ///
    /// - Returns: `false` when that makes no sense in its state.
    package mutating func decide(_ decision: EffectDecision, at now: Date) -> Bool {
        switch state {
        case .sending, .done: return false
        case .planned(let due, _): if decision == .retry, due == nil { return false }
        case .dropped: if decision == .drop { return false }
        case .failed, .unknown: break
        }
        switch decision {
        case .retry:
            // Who sends an unknown one again has seen that it did not arrive.
            if case .unknown = state { mayHaveArrived = false }
            state = .planned(due: nil, reason: nil)
            attempts = 0
        case .done: state = .done(at: now)
        case .drop: state = .dropped(at: now, reason: "dropped by hand")
        }
        return true
    }

    /// Gives it up because its event ran again and does not want it any more.
    package mutating func replace(at now: Date) {
        state = .dropped(at: now, reason: "the event ran again, and its effects were planned anew")
    }

    private func isSending(under lease: Lease) -> Bool {
        guard case .sending(let current) = state else { return false }
        return current.isSame(as: lease)
    }
}

/// What a person can decide about an effect.
package enum EffectDecision: String, Sendable, Hashable, CaseIterable {
    /// Send it, again if need be, under its key.
    case retry
    /// It has happened.
    case done
    /// It is not wanted.
    case drop
}
