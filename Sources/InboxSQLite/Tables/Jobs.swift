import Bellhop
import Foundation
import GRDB
import InboxCore

/// The hot table: jobs that still move, or wait for a person.
struct Jobs {
    let db: Database

    /// - Returns: the id, which is the job's own unless that is 0.
    func insert(_ job: QueuedJob) throws -> Int64 {
        let row = JobRow(job.record)
        try db.cachedStatement(
            sql: """
                INSERT INTO jobs (
                  id, delivery, handler, shop, topic, resource, version, priority, place, blocks_until, coalesces_until,
                  state, due_at, reason, lease_token, lease_epoch, attempts, waits, crashes, cost, fingerprint,
                  began_at, failed_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                job.id == 0 ? nil : job.id, job.delivery, job.record.handlerID, job.subject.shop,
                job.subject.topic.rawValue, job.subject.resource, job.subject.version.map { Timestamp($0) },
                job.priority,
            ] + Self.standing(of: job) + row.arguments + [job.failedAt.map { Timestamp($0) }])
        return job.id == 0 ? db.lastInsertedRowID : job.id
    }

    func update(_ job: QueuedJob) throws {
        let row = JobRow(job.record)
        try db.cachedStatement(
            sql: """
                UPDATE jobs SET place = ?, blocks_until = ?, coalesces_until = ?, state = ?, due_at = ?, reason = ?,
                  lease_token = ?, lease_epoch = ?, attempts = ?, waits = ?, crashes = ?, cost = ?, fingerprint = ?,
                  began_at = ?, failed_at = ?
                WHERE id = ?
                """
        ).execute(
            arguments: Self.standing(of: job) + row.arguments + [job.failedAt.map { Timestamp($0) }, job.id])
    }

    func remove(_ id: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM jobs WHERE id = ?").execute(arguments: [id])
    }

    func find(_ id: Int64) throws -> QueuedJob? {
        try first(sql: "SELECT * FROM jobs WHERE id = ?", [id])
    }

    func ofDelivery(_ delivery: Int64) throws -> [QueuedJob] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM jobs WHERE delivery = ? ORDER BY id"), arguments: [delivery]
        ).map(QueuedJob.init)
    }

    func held(because reasons: [String]) throws -> [QueuedJob] {
        let places = repeatElement("?", count: reasons.count).joined(separator: ", ")
        return try Row.fetchAll(
            db, sql: "SELECT * FROM jobs WHERE state = 'held' AND reason IN (\(places)) ORDER BY id",
            arguments: StatementArguments(reasons)
        ).map(QueuedJob.init)
    }

    func first(sql: String, _ arguments: StatementArguments) throws -> QueuedJob? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments).map(QueuedJob.init)
    }

    private static func standing(of job: QueuedJob) -> StatementArguments {
        [job.place.rawValue, job.blocksUntil.map { Timestamp($0) }, job.coalescesUntil.map { Timestamp($0) }]
    }
}

extension QueuedJob {
    /// - Parameter row: with the columns of `jobs`.
    init(_ row: Row) throws {
        guard let place = LanePlace(rawValue: try row.decode(forKey: "place")) else {
            throw DamagedRow(column: "place")
        }
        self.init(
            id: try row.decode(forKey: "id"), delivery: try row.decode(forKey: "delivery"),
            subject: JobSubject(
                shop: try row.decode(forKey: "shop"), topic: Topic(rawValue: try row.decode(forKey: "topic")),
                resource: try row.decode(forKey: "resource"),
                version: try row.decode(Timestamp?.self, forKey: "version")?.date),
            priority: try row.decode(forKey: "priority"), record: try JobRow(row).record(from: row), place: place,
            blocksUntil: try row.decode(Timestamp?.self, forKey: "blocks_until")?.date,
            coalescesUntil: try row.decode(Timestamp?.self, forKey: "coalesces_until")?.date,
            failedAt: try row.decode(Timestamp?.self, forKey: "failed_at")?.date)
    }
}
