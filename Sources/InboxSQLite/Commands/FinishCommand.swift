import Foundation
import InboxCore

/// Records how an attempt ended, unless the lease has been lost.
struct FinishCommand: StoreCommand {
    let job: Int64
    let deliveryID: String
    let lease: Lease
    let result: JobResult

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        guard var entry = try Jobs(db: transaction.db).find(job), entry.record.finish(lease, with: result) else {
            return false
        }
        try move(entry, in: &transaction)
        try Calls(db: transaction.db).insert(result.calls, job: job)
        if case .done(let effects) = result.outcome {
            let isChanged = try Effects(db: transaction.db).plan(
                effects, by: entry, deliveryID: deliveryID, at: result.finishedAt)
            if isChanged { transaction.mayHaveReadiedEffects = true }
        }
        return true
    }

    /// Puts the job where its new state belongs.
    private func move(_ entry: Jobs.Entry, in transaction: inout StoreTransaction) throws {
        switch entry.record.state {
        case .done: transaction.tally.done += 1
        case .skipped: break
        case .dead: transaction.tally.dead += 1
        case .ready, .running, .waiting, .held:
            try Jobs(db: transaction.db).update(entry)
            // A worker that sleeps until the next job is due may have to wake earlier now.
            if entry.record.dueAt != nil { transaction.mayHaveReadiedJobs = true }
            return
        }
        try Jobs(db: transaction.db).remove(entry.id)
        try Outcomes(db: transaction.db).insert(entry, startedAt: result.startedAt, finishedAt: result.finishedAt)
    }
}
