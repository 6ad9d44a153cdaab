import Foundation
import GRDB
import InboxCore
import Vocabulary

/// Hands out jobs that are ready.
struct ClaimCommand: StoreCommand {
    /// A job as it was claimed, its delivery and steps still packed, or known to be damaged.
    struct Claimed: Sendable {
        let job: QueuedJob
        let lease: Lease
        let steps: [Steps.Entry]
        let charged: USD
        let isStale: Bool
        let delivery: Result<StoredDelivery, any Error>
    }

    let limit: Int
    let now: Date
    let leaseFor: Duration
    let paused: Set<String>

    static var endsLateRuns: Bool { true }

    func perform(in transaction: inout StoreTransaction) throws -> [Claimed] {
        let jobs = try transaction.claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: paused)
        var claimed: [Claimed] = []
        for job in jobs {
            guard case .running(let lease) = job.record.state else { continue }
            claimed.append(
                Claimed(
                    job: job, lease: lease,
                    steps: try Steps(db: transaction.db, sealing: transaction.sealing).ofJob(job.id),
                    charged: try Calls(db: transaction.db).charged(ofJob: job.id),
                    isStale: try transaction.isStale(job),
                    delivery: Result { try StoredDelivery.fetch(transaction.db, seq: job.delivery) }))
        }
        return claimed
    }
}

extension Claim {
    /// A request for erasure that was cut short may have erased its own payload already: it goes on without.
    ///
    /// - Throws: when the stored delivery or a recorded answer is damaged, gone, or sealed with a key that is missing.
    init(_ claimed: ClaimCommand.Claimed, sealing: Sealing) throws {
        let stored = try claimed.delivery.get()
        let delivery: Delivery
        do {
            delivery = try stored.unpacked(sealing)
        } catch is PayloadGone where claimed.job.record.handlerID == PrivacyHandler.id {
            delivery = stored.receipt
        }
        self.init(
            jobID: claimed.job.id, deliveryID: stored.id.deliveryID, handlerID: claimed.job.record.handlerID,
            attempt: claimed.job.record.attempts + 1, crashes: claimed.job.record.crashes,
            beganAt: claimed.job.record.beganAt, isStale: claimed.isStale,
            steps: try claimed.steps.map { try $0.unpacked(sealing) }, charged: claimed.charged, lease: claimed.lease,
            delivery: delivery)
    }
}
