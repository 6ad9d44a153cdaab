import CrashPoints
import InboxCore

/// A command on its way to the disk, and the caller that waits for it, if one does.
struct PendingWrite: Sendable {
    enum Work: Sendable {
        /// Makes the change; what is returned tells the caller, and is to be called after the commit.
        case change(@Sendable (inout StoreTransaction) throws -> @Sendable () -> Void)
        /// Empties the log, outside any transaction; the closure tells the caller whether it is empty.
        case scrub(@Sendable (Bool) -> Void)
    }

    let bytes: Int
    let isObliged: Bool
    /// Whether nobody waits for it: it was posted.
    let isPosted: Bool
    let journaledJob: Int64?
    let endedRun: Int64?
    let endsLateRuns: Bool
    let work: Work
    /// Tells the caller that nothing was changed.
    let fail: @Sendable (InboxError) -> Void

    init<Command: StoreCommand>(_ command: Command, _ caller: CheckedContinuation<Command.Reply, any Error>) {
        bytes = command.bytes
        isObliged = command.isObliged
        isPosted = false
        journaledJob = command.journaledJob
        endedRun = command.endedRun
        endsLateRuns = Command.endsLateRuns
        work = .change { transaction in
            do {
                let reply = try command.perform(in: &transaction)
                CrashPoint.reached(Command.crashPoints?.beforeCommit)
                return {
                    CrashPoint.reached(Command.crashPoints?.afterCommit)
                    caller.resume(returning: reply)
                }
            } catch let refusal as InboxError {
                return { caller.resume(throwing: refusal) }
            }
        }
        fail = { caller.resume(throwing: $0) }
    }

    init<Command: StoreCommand>(posting command: Command) {
        bytes = 0
        isObliged = false
        isPosted = true
        journaledJob = command.journaledJob
        endedRun = command.endedRun
        endsLateRuns = Command.endsLateRuns
        work = .change { transaction in
            _ = try command.perform(in: &transaction)
            CrashPoint.reached(Command.crashPoints?.beforeCommit)
            return { CrashPoint.reached(Command.crashPoints?.afterCommit) }
        }
        fail = { _ in }
    }

    init(scrubbingFor caller: CheckedContinuation<Bool, any Error>) {
        bytes = 0
        isObliged = false
        isPosted = false
        journaledJob = nil
        endedRun = nil
        endsLateRuns = false
        work = .scrub { caller.resume(returning: $0) }
        fail = { caller.resume(throwing: $0) }
    }

    var isScrub: Bool {
        if case .scrub = work { true } else { false }
    }
}
