import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore

/// Gathers what is kept about a customer.
struct PersonalRecords {
    private static let mostDeliveries = 50
    private static let mostBytes = 4 << 20

    let request: PrivacyRequest
    let sealing: Sealing

    /// - Throws: ``PrivacyDelay`` when a payload's key is missing.
    func next(_ db: Database, after position: Int64) throws -> (records: [PersonalRecord], next: Int64?) {
        let deliveries = try RequestHits(request, db).any(after: position, limit: Self.mostDeliveries)
        var records: [PersonalRecord] = []
        var bytes = 0
        for delivery in deliveries {
            guard let row = try row(of: delivery, db) else { continue }
            records.append(try record(row, of: delivery, db))
            bytes += try row.decode(Int.self, forKey: "body_bytes")
            // A large one ends the step early, and the next begins behind it.
            if bytes >= Self.mostBytes { return (records, delivery) }
        }
        return (records, deliveries.count == Self.mostDeliveries ? deliveries.last : nil)
    }

    private func row(of delivery: Int64, _ db: Database) throws -> Row? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT \(StoredDelivery.columns) FROM deliveries
                    LEFT JOIN bodies ON bodies.delivery = deliveries.seq WHERE deliveries.seq = ?
                    """), arguments: [delivery])
    }

    private func record(_ row: Row, of delivery: Int64, _ db: Database) throws -> PersonalRecord {
        PersonalRecord(
            deliveryID: try row.decode(UUID.self, forKey: "delivery_id").deliveryID,
            topic: Topic(rawValue: try row.decode(forKey: "topic")),
            receivedAt: try row.decode(Timestamp.self, forKey: "received_at").date, delivery: try payload(row),
            jobs: try jobs(of: delivery, db))
    }

    private func payload(_ row: Row) throws -> Delivery? {
        try readable { try StoredDelivery(row).unpacked(sealing) }
    }

    private func jobs(of delivery: Int64, _ db: Database) throws -> [PersonalRecord.Job] {
        let entries = try Jobs(db: db).ofDelivery(delivery) + Outcomes(db: db).ofDelivery(delivery)
        return try entries.filter { $0.record.handlerID != PrivacyHandler.id }.map { entry in
            PersonalRecord.Job(
                handler: entry.record.handlerID, state: entry.record.state.name, reason: entry.record.state.reason,
                answers: try answers(of: entry.id, db), effects: try effects(of: entry.id, db))
        }
    }

    private func effects(of job: Int64, _ db: Database) throws -> [PlannedEffect] {
        let effects = Effects(db: db, sealing: sealing)
        return try effects.ofJob(job).compactMap { entry in
            try readable { PlannedEffect(key: entry.key, effect: try effects.effect(of: entry), record: entry.record) }
        }
    }

    private func answers(of job: Int64, _ db: Database) throws -> [PersonalRecord.Answer] {
        try Steps(db: db, sealing: sealing).ofJob(job).compactMap { entry in
            try readable { try entry.unpacked(sealing) }
        }.map { PersonalRecord.Answer(question: $0.name, answer: $0.answer) }
    }

    /// What has been unpacked; `nil` when it is damaged: the rest can still be told.
    ///
    /// - Throws: ``PrivacyDelay`` when its key is missing.
    private func readable<Value>(_ unpack: () throws -> Value) throws -> Value? {
        do {
            return try unpack()
        } catch SealError.missingKey(let id) {
            throw PrivacyDelay.missingKey(id.description)
        } catch {
            return nil
        }
    }
}
