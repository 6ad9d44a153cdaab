import Foundation
import InboxCore

/// Makes the jobs of a delivery ready again by hand.
struct RetryCommand: StoreCommand {
    let delivery: UUID
    let handlers: [JobPlan]
    /// Whether what earlier runs were answered is forgotten.
    let anew: Bool

    func perform(in transaction: inout StoreTransaction) throws -> Int {
        guard let seq = try Deliveries(db: transaction.db).seq(of: delivery) else { throw InboxError.noDelivery }
        let live = try Jobs(db: transaction.db).ofDelivery(seq)
        var readied = try bind(live, in: transaction)
        readied += try restart(live, in: transaction)
        readied += try revive(Outcomes(db: transaction.db).ofDelivery(seq), in: &transaction)
        guard readied > 0 else { throw InboxError.nothingToRetry }
        transaction.mayHaveReadiedJobs = true
        return readied
    }

    /// Replaces the mark that no handler was bound by jobs for the handlers bound now.
    private func bind(_ live: [Jobs.Entry], in transaction: StoreTransaction) throws -> Int {
        guard !handlers.isEmpty, let unbound = live.first(where: \.record.isUnbound) else { return 0 }
        let jobs = Jobs(db: transaction.db)
        try jobs.remove(unbound.id)
        let records = JobRecord.initial(handlers: handlers)
        for record in records { try jobs.insert(record, delivery: unbound.delivery) }
        return records.count
    }

    private func restart(_ live: [Jobs.Entry], in transaction: StoreTransaction) throws -> Int {
        var readied = 0
        for var entry in live where entry.record.runAgain() {
            try Jobs(db: transaction.db).update(entry)
            if anew { try Steps(db: transaction.db).forget(job: entry.id) }
            readied += 1
        }
        return readied
    }

    /// Moves ended jobs back into the hot table, under the ids that they had.
    private func revive(_ ended: [Jobs.Entry], in transaction: inout StoreTransaction) throws -> Int {
        for var entry in ended {
            switch entry.record.state {
            case .done: transaction.tally.done -= 1
            default: transaction.tally.dead -= 1
            }
            _ = entry.record.runAgain()
            try Outcomes(db: transaction.db).remove(entry.id)
            try Jobs(db: transaction.db).insert(entry.record, delivery: entry.delivery, id: entry.id)
            if anew { try Steps(db: transaction.db).forget(job: entry.id) }
        }
        return ended.count
    }
}
