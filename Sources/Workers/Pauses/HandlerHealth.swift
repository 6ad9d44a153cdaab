import Foundation
import InboxCore

/// What is known of a handler from how its events end: whether failures are the events' own or the handler's.
///
/// A plain value without a clock. Deliveries that fail alike without a success between make the handler suspect, then
/// pause it. When a pause is over one job is tried; a success resumes the handler, a failure doubles the pause.
struct HandlerHealth: Sendable {
    /// A handler that is left alone.
    struct Pause: Sendable, Hashable {
        var fingerprint: ErrorFingerprint
        /// The last failure, for people.
        var reason: String
        var since: Date
        /// When a job is tried.
        var until: Date
        fileprivate var length: Duration
        /// The job that is tried now.
        fileprivate(set) var probe: Int64?
    }

    /// Something that people should hear.
    enum News: Sendable, Hashable {
        case paused(Pause)
        case resumed
    }

    /// What becomes of an event that failed.
    enum Sentence: Sendable, Hashable {
        /// The failure is its own.
        case own
        /// It waits, and the attempt does not count.
        case putOff(until: Date)
    }

    /// Deliveries that failed alike since the last success.
    private struct Suspicion {
        var fingerprint: ErrorFingerprint
        var deliveries: Set<String>
        /// When a delivery failed that had not failed before.
        var grewAt: Date
    }

    /// More kinds of failure at once are no pattern.
    private static let mostSuspicions = 16

    private(set) var pause: Pause?
    /// The newest last.
    private var suspicions: [Suspicion] = []

    init() {}

    /// The handler was paused when the process ended: one job is tried at once, since what was wrong may be mended.
    init(_ kept: KeptPause, at now: Date) {
        pause = Pause(
            fingerprint: kept.fingerprint, reason: "its events failed alike before the restart", since: kept.since,
            until: now, length: .zero)
    }

    /// Whether the pause is over and no job is tried yet.
    func isProbeDue(at now: Date) -> Bool {
        pause.map { $0.probe == nil && $0.until <= now } ?? false
    }

    mutating func began(probe job: Int64) {
        pause?.probe = job
    }

    /// The handler finished a job, or came to a decision about it.
    mutating func cameThrough() -> News? {
        suspicions = []
        defer { pause = nil }
        return pause == nil ? nil : .resumed
    }

    /// A job ended without saying anything about the handler.
    mutating func learntNothing(from job: Int64, at now: Date, rules: PauseRules) {
        guard pause?.probe == job else { return }
        pause?.probe = nil
        pause?.until = now + rules.shortest.timeInterval
    }

    mutating func failed(
        _ fingerprint: ErrorFingerprint, reason: String, job: Int64, delivery: String, at now: Date, rules: PauseRules
    ) -> (Sentence, News?) {
        if rules.after == 0, pause != nil {
            // Pausing was switched off meanwhile.
            pause = nil
            return (.own, .resumed)
        }
        if let pause { return (sentence(in: pause, fingerprint, reason, job: job, at: now, rules), nil) }
        let suspicion = suspect(fingerprint, delivery: delivery, at: now)
        let count = suspicion.deliveries.count
        if rules.after > 0, count >= rules.after {
            let pause = Pause(
                fingerprint: fingerprint, reason: reason, since: now, until: now + rules.shortest.timeInterval,
                length: rules.shortest)
            self.pause = pause
            suspicions = []
            return (Self.putOff(at: now, rules), .paused(pause))
        }
        // A suspicion that does not grow was none: a few events that fail alike must end some time.
        let isFresh = now.timeIntervalSince(suspicion.grewAt) < rules.shortest.timeInterval
        return (rules.after > 0 && count > 1 && isFresh ? Self.putOff(at: now, rules) : .own, nil)
    }

    private mutating func sentence(
        in pause: Pause, _ fingerprint: ErrorFingerprint, _ reason: String, job: Int64, at now: Date,
        _ rules: PauseRules
    ) -> Sentence {
        guard pause.probe == job else { return fingerprint == pause.fingerprint ? Self.putOff(at: now, rules) : .own }
        var next = pause
        next.fingerprint = fingerprint
        next.reason = reason
        next.probe = nil
        next.length = min(max(pause.length * 2, rules.shortest), rules.longest)
        next.until = now + next.length.timeInterval
        self.pause = next
        return Self.putOff(at: now, rules, age: now.timeIntervalSince(pause.since))
    }

    /// Puts an event off beyond the next probes, so that others get their turn: should it be these few events that
    /// fail, a good one resumes the handler. One that failed as a probe stays away the longer the older the pause is.
    private static func putOff(at now: Date, _ rules: PauseRules, age: TimeInterval = 0) -> Sentence {
        let wait = min(5 * rules.shortest.timeInterval + 2 * max(0, age), 8 * rules.longest.timeInterval)
        return .putOff(until: now + wait)
    }

    private mutating func suspect(_ fingerprint: ErrorFingerprint, delivery: String, at now: Date) -> Suspicion {
        let known = suspicions.firstIndex { $0.fingerprint == fingerprint }
        var suspicion =
            known.map { suspicions.remove(at: $0) }
            ?? Suspicion(fingerprint: fingerprint, deliveries: [], grewAt: now)
        if suspicion.deliveries.insert(delivery).inserted { suspicion.grewAt = now }
        suspicions.append(suspicion)
        if suspicions.count > Self.mostSuspicions { suspicions.removeFirst() }
        return suspicion
    }
}
