package import Bellhop
package import Foundation

/// One handler's work on one delivery: where it stands, and the rules by which it moves.
///
/// A plain value without clock or storage; every inbox keeps these rules by using it.
package struct JobRecord: Sendable, Hashable {
    /// Empty while no handler is bound to the delivery's topic.
    package let handlerID: String
    package private(set) var state: JobState
    /// Attempts that came to an end since the job was last made ready by hand.
    package private(set) var attempts: Int
    /// Known costs of all calls so far.
    package private(set) var cost: USD

    /// The reason of a job that waits for somebody to bind a handler to its topic.
    package static let unboundReason = "no handler is bound to this topic"

    package init(handlerID: String, state: JobState, attempts: Int = 0, cost: USD = .zero) {
        self.handlerID = handlerID
        self.state = state
        self.attempts = attempts
        self.cost = cost
    }

    /// The jobs that a new delivery starts with: one for each handler, or a held one when there is none.
    package static func initial(handlers: [JobPlan], holdReason: String? = nil) -> [JobRecord] {
        guard !handlers.isEmpty else {
            return [JobRecord(handlerID: "", state: .held(reason: holdReason ?? unboundReason))]
        }
        let state = holdReason.map { JobState.held(reason: $0) } ?? .ready
        var seen: Set<String> = []
        return handlers.filter { seen.insert($0.handlerID).inserted }.map {
            JobRecord(handlerID: $0.handlerID, state: state)
        }
    }

    /// Whether the job only marks that no handler was bound when its delivery came.
    package var isUnbound: Bool { handlerID.isEmpty }

    /// From when on a job that waits or runs counts as ready; `nil` in the other states.
    package var dueAt: Date? {
        switch state {
        case .waiting(let until, _): until
        case .running(let lease): lease.expiresAt
        case .ready, .held, .done, .skipped, .dead: nil
        }
    }

    /// Makes the job ready when its waiting time or its lease is over.
    ///
    /// - Returns: whether it changed.
    package mutating func becomeDue(at now: Date) -> Bool {
        guard let dueAt, dueAt <= now else { return false }
        state = .ready
        return true
    }

    /// Hands the job out.
    ///
    /// - Returns: whether it was ready.
    package mutating func claim(under lease: Lease) -> Bool {
        guard state == .ready else { return false }
        state = .running(lease: lease)
        return true
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func extend(_ lease: Lease, until: Date) -> Bool {
        guard isRunning(under: lease) else { return false }
        state = .running(lease: Lease(token: lease.token, epoch: lease.epoch, expiresAt: until))
        return true
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func finish(_ lease: Lease, with result: JobResult) -> Bool {
        guard isRunning(under: lease) else { return false }
        cost += result.calls.map(\.cost).total()
        switch result.outcome {
        case .done: state = .done
        case .retry(let at, let reason): state = .waiting(until: at, reason: reason)
        case .wait(let until, let reason): state = .waiting(until: until, reason: reason)
        case .held(let reason): state = .held(reason: reason)
        case .skipped(let reason): state = .skipped(reason: reason)
        case .dead(let reason): state = .dead(reason: reason)
        }
        if case .wait = result.outcome { return true }
        attempts += 1
        return true
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func giveBack(_ lease: Lease) -> Bool {
        guard isRunning(under: lease) else { return false }
        state = .ready
        return true
    }

    /// Makes the job ready again by hand.
    ///
    /// - Returns: `false` when it is ready or running already, or has no handler.
    package mutating func runAgain() -> Bool {
        guard !isUnbound else { return false }
        switch state {
        case .ready, .running: return false
        case .waiting, .held, .done, .skipped, .dead:
            state = .ready
            attempts = 0
            return true
        }
    }

    private func isRunning(under lease: Lease) -> Bool {
        guard case .running(let current) = state else { return false }
        return current.token == lease.token && current.epoch == lease.epoch
    }
}
