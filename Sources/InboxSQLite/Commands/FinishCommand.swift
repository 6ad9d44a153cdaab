import CrashPoints
import Foundation
import InboxCore

/// Records how an attempt ended, unless the lease has been lost.
struct FinishCommand: StoreCommand {
    let job: Int64
    let deliveryID: String
    let lease: Lease
    let result: JobResult

    static var crashPoints: CommitPoints? { .finish }

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        guard let finished = try transaction.finish(job, under: lease, with: result) else { return false }
        try Calls(db: transaction.db).insert(result.calls, job: job)
        if case .done(let effects) = result.outcome {
            let isChanged = try Effects(db: transaction.db, sealing: transaction.sealing).plan(
                effects, by: finished, deliveryID: deliveryID, at: result.finishedAt)
            if isChanged { transaction.mayHaveReadiedEffects = true }
        }
        try AbsentShops(db: transaction.db).hold(finished, at: result.finishedAt, in: &transaction)
        return true
    }
}
