/// What became of a job's runs, kept apart: what the handler did, what a provider asked for, and what befell the
/// process.
package struct JobCounts: Sendable, Hashable {
    /// Runs that came to an end of their own: finished, failed or held.
    package var attempts: Int
    /// Runs that were put off because a provider was busy; they do not count as attempts.
    package var waits: Int
    /// Leases that ended without a word: the process died, or lost touch with the inbox. Giving back is none.
    package var crashes: Int

    /// So many crashes end a job: it is the likeliest reason for them.
    package static let fatalCrashes = 4
    /// From so many crashes on a job is a suspect: only one suspect at a time is handed out, so that the next crash
    /// tells which one it was.
    package static let suspectCrashes = 2

    package init(attempts: Int = 0, waits: Int = 0, crashes: Int = 0) {
        self.attempts = attempts
        self.waits = waits
        self.crashes = crashes
    }

    /// Runs that failed in whatever way.
    package var failures: Int { attempts + crashes }
    package var isSuspect: Bool { crashes >= Self.suspectCrashes }

    mutating func count(_ outcome: JobResult.Outcome) {
        switch outcome {
        case .done, .retry, .held, .dead: attempts += 1
        case .wait: waits += 1
        case .skipped: break
        }
    }
}
