package import Foundation
package import InboxCore
import Synchronization

/// Keeps the health of all handlers, and turns failures that are not the events' own into waits.
package final class HandlerWatch: Sendable {
    /// A handler that is left alone, as it is shown.
    package struct Paused: Sendable, Hashable {
        package var handlerID: String
        /// The last failure, for people.
        package var reason: String
        package var fingerprint: ErrorFingerprint
        package var since: Date
        /// When a job is tried.
        package var until: Date
        /// Whether a job is tried now.
        package var isProbing: Bool
    }

    /// Something that people should hear.
    package enum News: Sendable, Hashable {
        case paused(Paused)
        case resumed(handlerID: String)
    }

    private let health: Mutex<[String: HandlerHealth]>
    private let tell: @Sendable (News) -> Void
    private let resumed = ChangeSignal()

    /// - Parameters:
    ///   - kept: the pauses with which the last process ended; each goes on until a job comes through.
    ///   - tell: called once for each pause that begins, and each end of one.
    package init(
        kept: [KeptPause] = [], at now: Date = Date(), tell: @escaping @Sendable (News) -> Void = { _ in }
    ) {
        health = Mutex(
            Dictionary(kept.map { ($0.handlerID, HandlerHealth($0, at: now)) }, uniquingKeysWith: { _, last in last }))
        self.tell = tell
    }

    /// Sorted by id.
    package var paused: [Paused] {
        health.withLock { health in
            health.compactMap { id, health in health.pause.map { Paused($0, of: id) } }
        }.sorted { $0.handlerID < $1.handlerID }
    }

    /// A signal after each pause that was ended by hand.
    var resumptions: AsyncStream<Void> { resumed.stream() }

    /// Ends a handler's pause by hand.
    ///
    /// - Returns: whether there was one.
    package func resume(_ handlerID: String) -> Bool {
        let news = health.withLock { $0[handlerID]?.cameThrough() }
        announce(news, of: handlerID)
        if news != nil { resumed.send() }
        return news != nil
    }

    /// Handlers of which one job is to be tried now.
    func dueForProbe(at now: Date) -> [String] {
        health.withLock { health in health.filter { $0.value.isProbeDue(at: now) }.keys.sorted() }
    }

    func began(probe claim: Claim) {
        health.withLock { $0[claim.handlerID]?.began(probe: claim.jobID) }
    }

    /// A claimed job ended without an outcome: it was given back, or its lease was lost.
    func learntNothing(from claim: Claim, at now: Date, rules: PauseRules) {
        health.withLock { $0[claim.handlerID]?.learntNothing(from: claim.jobID, at: now, rules: rules) }
    }

    /// Learns from how a run ended, and decides what is to be recorded of it: what it came to, or a wait in place of a
    /// failure that is not its own.
    func judge(_ ending: HandlerRunner.Ending, of claim: Claim, at now: Date, rules: PauseRules) -> JobResult {
        switch ending.lesson {
        case .cameThrough:
            announce(health.withLock { $0[claim.handlerID]?.cameThrough() }, of: claim.handlerID)
        case .nothing:
            learntNothing(from: claim, at: now, rules: rules)
        case .failed(let failure):
            let fingerprint = failure.fingerprint(for: claim.handlerID)
            let (sentence, news) = health.withLock { health in
                health[claim.handlerID, default: HandlerHealth()].failed(
                    fingerprint, reason: failure.reason, job: claim.jobID, delivery: claim.deliveryID, at: now,
                    rules: rules)
            }
            announce(news, of: claim.handlerID)
            if case .putOff(let until) = sentence { return ending.result.putOff(until: until, failure.reason) }
        }
        return ending.result
    }

    private func announce(_ news: HandlerHealth.News?, of handlerID: String) {
        switch news {
        case .paused(let pause): tell(.paused(Paused(pause, of: handlerID)))
        case .resumed: tell(.resumed(handlerID: handlerID))
        case nil: break
        }
    }
}

extension HandlerWatch.Paused {
    fileprivate init(_ pause: HandlerHealth.Pause, of handlerID: String) {
        self.init(
            handlerID: handlerID, reason: pause.reason, fingerprint: pause.fingerprint, since: pause.since,
            until: pause.until, isProbing: pause.probe != nil)
    }
}

extension HandlerRunner.Ending {
    fileprivate enum Lesson {
        case cameThrough, nothing
        case failed(HandlerFailure)
    }

    /// What the run says about its handler.
    fileprivate var lesson: Lesson {
        guard let failure else {
            if case .done = result.outcome { return .cameThrough }
            return .nothing
        }
        switch failure.meaning {
        case .fault: return .failed(failure)
        case .decision: return .cameThrough
        case .nothing: return .nothing
        }
    }
}

extension JobResult {
    /// The same attempt, but not counted: many events of the handler fail alike.
    fileprivate func putOff(until: Date, _ reason: String) -> JobResult {
        var result = self
        result.outcome = .wait(until: until, reason: "several events of this handler fail alike: \(reason)")
        return result
    }
}
