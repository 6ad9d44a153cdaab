import Foundation
import GRDB
import InboxCore
import Vocabulary

/// The hot table: jobs that still move, or wait for a person.
struct Jobs {
    struct Entry: Sendable {
        let id: Int64
        /// Sequence number of the delivery.
        let delivery: Int64
        var record: JobRecord
    }

    let db: Database

    func insert(_ record: JobRecord, delivery: Int64, id: Int64? = nil) throws {
        let row = JobRow(record)
        try db.cachedStatement(
            sql: """
                INSERT INTO jobs (id, delivery, handler, state, due_at, reason, lease_token, lease_epoch, attempts, cost)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            id, delivery, record.handlerID, row.state, row.dueAt, row.reason, row.leaseToken, row.leaseEpoch,
            record.attempts, record.cost.nanos,
        ])
    }

    func update(_ entry: Entry) throws {
        let row = JobRow(entry.record)
        try db.cachedStatement(
            sql: """
                UPDATE jobs SET state = ?, due_at = ?, reason = ?, lease_token = ?, lease_epoch = ?, attempts = ?, cost = ?
                WHERE id = ?
                """
        ).execute(arguments: [
            row.state, row.dueAt, row.reason, row.leaseToken, row.leaseEpoch, entry.record.attempts,
            entry.record.cost.nanos, entry.id,
        ])
    }

    func remove(_ id: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM jobs WHERE id = ?").execute(arguments: [id])
    }

    func find(_ id: Int64) throws -> Entry? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM jobs WHERE id = ?"), arguments: [id]).map(Entry.init)
    }

    func ofDelivery(_ delivery: Int64) throws -> [Entry] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM jobs WHERE delivery = ? ORDER BY id"), arguments: [delivery]
        ).map(Entry.init)
    }
}

extension Jobs.Entry {
    init(_ row: Row) throws {
        id = try row.decode(forKey: "id")
        delivery = try row.decode(forKey: "delivery")
        record = try JobRow(row).record(from: row)
    }
}
