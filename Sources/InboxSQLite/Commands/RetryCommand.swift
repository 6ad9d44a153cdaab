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
        if let gone = try Deliveries(db: transaction.db).gone(seq) { throw InboxError.gone(gone) }
        let live = try Jobs(db: transaction.db).ofDelivery(seq)
        let ended = try Outcomes(db: transaction.db).ofDelivery(seq)
        for job in ended { try transaction.takeBack(job) }
        let readied = try transaction.retry(live: live, ended: ended, handlers: handlers, anew: anew)
        guard !readied.isEmpty else { throw InboxError.nothingToRetry }
        if anew { for job in readied { try Steps(db: transaction.db, sealing: transaction.sealing).forget(job: job) } }
        return readied.count
    }
}

/// Makes some jobs ready again that failed of the same.
struct RetryGroupCommand: StoreCommand {
    /// So many at most, so that one commit stays short.
    static let most = 500

    let fingerprint: ErrorFingerprint
    let failedBy: Date
    let limit: Int

    func perform(in transaction: inout StoreTransaction) throws -> Int {
        let limit = min(max(0, limit), Self.most)
        let dead = try Outcomes(db: transaction.db).ofGroup(fingerprint, failedBy: failedBy, limit: limit)
        var readied = 0
        for job in dead {
            try transaction.takeBack(job)
            if try transaction.revive(job) { readied += 1 }
        }
        let held = try Jobs(db: transaction.db)
            .heldOfGroup(fingerprint, failedBy: failedBy, limit: limit - dead.count)
        for job in held where try transaction.restart(job) { readied += 1 }
        return readied
    }
}
