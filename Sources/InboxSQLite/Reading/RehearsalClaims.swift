import Foundation
import GRDB
import InboxCore

/// Reads the jobs of a delivery as a rehearsal needs them, without claiming them.
struct RehearsalClaims: Sendable {
    private static let selectDelivery = """
        SELECT deliveries.seq, \(StoredDelivery.columns)
        FROM deliveries LEFT JOIN bodies ON bodies.delivery = deliveries.seq
        WHERE deliveries.id = ?
        """

    private let sealing: Sealing
    private let delivery: StoredDelivery
    private let jobs: [(entry: QueuedJob, steps: [Steps.Entry])]

    /// - Throws: ``InboxError`` `.notFound`, or `.conflict` when the payload cannot be read.
    init(_ db: Database, delivery id: UUID, sealing: Sealing) throws {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: Self.selectDelivery), arguments: [id]) else {
            throw InboxError.noDelivery
        }
        let seq: Int64 = try row.decode(forKey: "seq")
        guard let delivery = try? StoredDelivery(row) else { throw InboxError.noPayload }
        self.delivery = delivery
        self.sealing = sealing
        jobs = try (Jobs(db: db).ofDelivery(seq) + Outcomes(db: db).ofDelivery(seq)).map { entry in
            (entry, try Steps(db: db, sealing: sealing).ofJob(entry.id))
        }
    }

    /// - Throws: ``InboxError`` `.conflict` when payload or answers are damaged.
    func claims(handlers: [JobPlan]) throws(InboxError) -> [Claim] {
        do {
            let unpacked = try delivery.unpacked(sealing)
            return try jobs.flatMap { entry, steps in
                Claim.rehearsing(
                    entry.record, id: entry.id, steps: try steps.map { try $0.unpacked(sealing) },
                    deliveryID: delivery.id.deliveryID, delivery: unpacked, handlers: handlers)
            }
        } catch {
            throw .noPayload
        }
    }
}
