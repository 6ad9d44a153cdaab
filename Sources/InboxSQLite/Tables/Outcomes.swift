import Foundation
import GRDB
import InboxCore
import Vocabulary

/// Jobs that came to an end, moved out of the hot table.
struct Outcomes {
    let db: Database

    func insert(_ job: Jobs.Entry, startedAt: Date, finishedAt: Date) throws {
        let record = job.record
        try db.cachedStatement(
            sql: """
                INSERT INTO outcomes (job, delivery, handler, state, reason, attempts, cost, started_at, finished_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            job.id, job.delivery, record.handlerID, record.state.name.rawValue, record.state.reason, record.attempts,
            record.cost.nanos, Timestamp(startedAt), Timestamp(finishedAt),
        ])
    }

    func remove(_ job: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM outcomes WHERE job = ?").execute(arguments: [job])
    }

    func ofDelivery(_ delivery: Int64) throws -> [Jobs.Entry] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT job AS id, delivery, handler, state, NULL AS due_at, reason, NULL AS lease_token,
                      NULL AS lease_epoch, attempts, cost
                    FROM outcomes WHERE delivery = ? ORDER BY job
                    """),
            arguments: [delivery]
        ).map(Jobs.Entry.init)
    }
}
