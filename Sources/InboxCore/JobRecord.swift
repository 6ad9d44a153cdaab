package import Bellhop
package import Foundation

/// One handler's work on one delivery: where it stands, and the rules by which it moves.
///
/// A plain value without clock or storage; every inbox keeps these rules by using it.
package struct JobRecord: Sendable, Hashable {
    /// Empty while no handler is bound to the delivery's topic.
    package let handlerID: String
    package private(set) var state: JobState
    /// How often it ran, failed, waited and died since it was last made ready by hand.
    package private(set) var counts: JobCounts
    /// Known costs of all calls so far.
    package private(set) var cost: USD
    /// When it was first handed out, since it was last made ready to begin anew. In whole milliseconds, so that it comes
    /// back from every storage as it was.
    package private(set) var beganAt: Date?
    /// What the failure that held or ended the job has in common with others; `nil` in the other states.
    package private(set) var fingerprint: ErrorFingerprint?

    /// The reason of a job that waits for somebody to bind a handler to its topic.
    package static let unboundReason = "no handler is bound to this topic"

    package init(
        handlerID: String, state: JobState, counts: JobCounts = JobCounts(), cost: USD = .zero,
        beganAt: Date? = nil, fingerprint: ErrorFingerprint? = nil
    ) {
        self.handlerID = handlerID
        self.state = state
        self.counts = counts
        self.cost = cost
        self.beganAt = beganAt
        self.fingerprint = fingerprint
    }

    /// The mark of a delivery that no handler is bound to.
    package static func unbound(reason: String? = nil) -> JobRecord {
        JobRecord(handlerID: "", state: .held(reason: reason ?? unboundReason))
    }

    package var attempts: Int { counts.attempts }
    package var crashes: Int { counts.crashes }

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

    /// Makes the job ready when its waiting time or its lease is over. A lease that was not given back is a crash.
    ///
    /// - Returns: whether it changed.
    package mutating func becomeDue(at now: Date) -> Bool {
        guard let dueAt, dueAt <= now else { return false }
        if !reclaim() { state = .ready }
        return true
    }

    /// Takes a running job away from a worker that is gone. The job is dead when that happened too often.
    ///
    /// - Returns: whether it was running.
    package mutating func reclaim() -> Bool {
        guard case .running = state else { return false }
        counts.crashes += 1
        state = .ready
        if counts.crashes >= JobCounts.fatalCrashes {
            state = .dead(reason: "the process died \(counts.crashes) times while it ran")
            fingerprint = ErrorFingerprint(handlerID: handlerID, kind: "crashed", detail: "")
        }
        return true
    }

    /// Hands the job out.
    ///
    /// - Returns: whether it was ready.
    package mutating func claim(under lease: Lease, at now: Date) -> Bool {
        guard state == .ready else { return false }
        if beganAt == nil {
            beganAt = Date(timeIntervalSince1970: (now.timeIntervalSince1970 * 1000).rounded() / 1000)
        }
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
        counts.count(result.outcome)
        fingerprint = result.failureFingerprint(of: handlerID)
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
    /// - Parameter anew: whether it begins anew, without what earlier runs left for it.
    /// - Returns: `false` when it is ready or running already, or has no handler.
    package mutating func runAgain(anew: Bool = false) -> Bool {
        guard !isUnbound else { return false }
        switch state {
        case .ready, .running: return false
        case .waiting, .held, .done, .skipped, .dead:
            state = .ready
            counts = JobCounts()
            fingerprint = nil
            if anew { beganAt = nil }
            return true
        }
    }

    /// Stops a job that nobody works on, until a person decides.
    ///
    /// - Returns: `false` when it is running, is held already or has ended.
    package mutating func hold(because reason: String) -> Bool {
        switch state {
        case .ready, .waiting:
            state = .held(reason: reason)
            return true
        case .running, .held, .done, .skipped, .dead: return false
        }
    }

    /// Ends the job wherever it stands, because there is nothing to do, or nothing left to work on. Whoever runs it has
    /// lost the lease.
    package mutating func skip(because reason: String) {
        state = .skipped(reason: reason)
    }

    func isRunning(under lease: Lease) -> Bool {
        guard case .running(let current) = state else { return false }
        return current.isSame(as: lease)
    }
}
