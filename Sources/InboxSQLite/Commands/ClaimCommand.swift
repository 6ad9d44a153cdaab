import Foundation
import GRDB
import InboxCore

/// Hands out the oldest jobs that are ready.
struct ClaimCommand: StoreCommand {
    /// A job as it was claimed, its delivery and steps still packed, or known to be damaged.
    struct Claimed: Sendable {
        let job: Jobs.Entry
        let lease: Lease
        let steps: [Steps.Entry]
        let delivery: Result<StoredDelivery, any Error>
    }

    /// Jobs whose time has come that one claim makes ready at most, so that a claim after a long outage stays short.
    static let duePerClaim = 1000

    static let makeDueReady = """
        UPDATE jobs SET state = 'ready', due_at = NULL, reason = NULL, lease_token = NULL, lease_epoch = NULL
        WHERE id IN (SELECT id FROM jobs WHERE due_at <= ? ORDER BY due_at LIMIT ?)
        """

    /// - Parameter passedOver: how many handlers are named before the limit.
    static func selectReady(passingOver passedOver: Int = 0) -> String {
        let handlers = repeatElement("?", count: passedOver).joined(separator: ", ")
        return """
            SELECT jobs.*, \(StoredDelivery.columns)
            FROM jobs
            JOIN deliveries ON deliveries.seq = jobs.delivery
            LEFT JOIN bodies ON bodies.delivery = jobs.delivery
            WHERE jobs.state = 'ready' \(passedOver == 0 ? "" : "AND jobs.handler NOT IN (\(handlers))")
            ORDER BY jobs.id LIMIT ?
            """
    }

    let limit: Int
    let now: Date
    let leaseFor: Duration
    let passingOver: Set<String>

    func perform(in transaction: inout StoreTransaction) throws -> [Claimed] {
        let db = transaction.db
        try db.cachedStatement(sql: Self.makeDueReady).execute(arguments: [Timestamp(now), Self.duePerClaim])
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: Self.selectReady(passingOver: passingOver.count)),
            arguments: StatementArguments(passingOver.sorted()) + [max(0, limit)])
        var claimed: [Claimed] = []
        for row in rows {
            var job = try Jobs.Entry(row)
            let lease = transaction.nextLease(until: now + leaseFor.timeInterval)
            guard job.record.claim(under: lease) else { continue }
            try Jobs(db: db).update(job)
            claimed.append(
                Claimed(
                    job: job, lease: lease, steps: try Steps(db: db).ofJob(job.id),
                    delivery: Result { try StoredDelivery(row) }))
        }
        return claimed
    }
}

extension Claim {
    /// - Throws: when the stored delivery or a recorded answer is damaged.
    init(_ claimed: ClaimCommand.Claimed) throws {
        let stored = try claimed.delivery.get()
        self.init(
            jobID: claimed.job.id, deliveryID: stored.id.deliveryID, handlerID: claimed.job.record.handlerID,
            attempt: claimed.job.record.attempts + 1, steps: try claimed.steps.map { try $0.unpacked() },
            lease: claimed.lease, delivery: try stored.unpacked())
    }
}
