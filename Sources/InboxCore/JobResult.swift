package import Bellhop
package import Foundation

/// How one attempt of a job ended, with everything worth keeping of it. Recorded in one commit.
package struct JobResult: Sendable {
    package var outcome: Outcome
    /// The model calls made in this attempt, paid or not, in order.
    package var calls: [CallRecord]
    package var startedAt: Date
    package var finishedAt: Date
    /// What the failure has in common with others; `nil` when nothing failed.
    package var fingerprint: ErrorFingerprint?

    package enum Outcome: Sendable {
        /// The handler finished and wants these effects, in order.
        case done(effects: [Effect])
        /// The attempt failed; the job runs again at this time.
        case retry(at: Date, reason: String)
        /// A provider asked to wait; the attempt does not count as one.
        case wait(until: Date, reason: String)
        case held(reason: String)
        /// There was nothing to do, for this reason; the handler did not run.
        case skipped(reason: String)
        case dead(reason: String)
    }

    package init(
        outcome: Outcome, calls: [CallRecord], startedAt: Date, finishedAt: Date,
        fingerprint: ErrorFingerprint? = nil
    ) {
        self.outcome = outcome
        self.calls = calls
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.fingerprint = fingerprint
    }
}

extension JobResult {
    /// What a job that this result holds or ends is found under; every dead job has one.
    func failureFingerprint(of handlerID: String) -> ErrorFingerprint? {
        switch outcome {
        case .done, .retry, .wait, .skipped: nil
        case .held: fingerprint
        case .dead: fingerprint ?? .untold(of: handlerID)
        }
    }
}

extension ErrorFingerprint {
    /// Of a failure about which nothing was told.
    package static func untold(of handlerID: String) -> ErrorFingerprint {
        ErrorFingerprint(handlerID: handlerID, kind: "untold", detail: "")
    }
}
