import Foundation
import InboxCore

/// Makes a lease last longer.
struct ExtendCommand: StoreCommand {
    let job: Int64
    let lease: Lease
    let until: Date

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        try transaction.extend(job, under: lease, until: until)
    }
}

/// Makes a claimed job ready again, unless the lease has been lost.
struct GiveBackCommand: StoreCommand {
    let job: Int64
    let lease: Lease

    var endedRun: Int64? { job }

    func perform(in transaction: inout StoreTransaction) throws {
        try transaction.giveBack(job, under: lease)
    }
}
