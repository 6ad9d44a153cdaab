import CrashPoints
import Foundation
import InboxCore

/// Records how an attempt ended, unless the lease has been lost.
struct FinishCommand: StoreCommand {
    let job: Int64
    let deliveryID: String
    let lease: Lease
    let result: JobResult

    var endedRun: Int64? { job }

    static var crashPoints: CommitPoints? { .finish }

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let effects = Effects(db: transaction.db, sealing: transaction.sealing)
        let earlier = try effects.ofJob(job)
        var result = result
        var plan: EffectPlan?
        if case .done(let wanted) = result.outcome {
            let made = effects.plan(wanted, after: earlier)
            if made.mayRepeat {
                result.outcome = .held(reason: effects.reasonNotToPlan(after: earlier))
            } else {
                plan = made
            }
        }
        guard let finished = try transaction.finish(job, under: lease, with: result) else { return false }
        try Calls(db: transaction.db).insert(result.calls, job: job)
        if let plan,
            try effects.record(plan, over: earlier, by: finished, deliveryID: deliveryID, at: result.finishedAt)
        {
            transaction.mayHaveReadiedEffects = true
        }
        return true
    }
}
