import Foundation
import InboxCore

/// Makes a lease last longer.
struct ExtendCommand: StoreCommand {
    let job: Int64
    let lease: Lease
    let until: Date

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let jobs = Jobs(db: transaction.db)
        guard var entry = try jobs.find(job), entry.record.extend(lease, until: until) else { return false }
        try jobs.update(entry)
        return true
    }
}

/// Makes a claimed job ready again, unless the lease has been lost.
struct GiveBackCommand: StoreCommand {
    let job: Int64
    let lease: Lease

    func perform(in transaction: inout StoreTransaction) throws {
        let jobs = Jobs(db: transaction.db)
        guard var entry = try jobs.find(job), entry.record.giveBack(lease) else { return }
        try jobs.update(entry)
        transaction.mayHaveReadiedJobs = true
    }
}
