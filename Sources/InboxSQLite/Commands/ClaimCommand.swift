import Foundation
import GRDB
import InboxCore

/// Hands out jobs that are ready.
struct ClaimCommand: StoreCommand {
    /// A job as it was claimed, its delivery and steps still packed, or known to be damaged.
    struct Claimed: Sendable {
        let job: QueuedJob
        let lease: Lease
        let steps: [Steps.Entry]
        let isStale: Bool
        let delivery: Result<StoredDelivery, any Error>
    }

    let limit: Int
    let now: Date
    let leaseFor: Duration
    let paused: Set<String>

    func perform(in transaction: inout StoreTransaction) throws -> [Claimed] {
        let jobs = try transaction.claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: paused)
        var claimed: [Claimed] = []
        for job in jobs {
            guard case .running(let lease) = job.record.state else { continue }
            claimed.append(
                Claimed(
                    job: job, lease: lease, steps: try Steps(db: transaction.db).ofJob(job.id),
                    isStale: try transaction.isStale(job),
                    delivery: Result { try StoredDelivery.fetch(transaction.db, seq: job.delivery) }))
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
            attempt: claimed.job.record.attempts + 1, crashes: claimed.job.record.crashes, isStale: claimed.isStale,
            steps: try claimed.steps.map { try $0.unpacked() },
            lease: claimed.lease, delivery: try stored.unpacked())
    }
}
