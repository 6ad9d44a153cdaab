import Foundation
import GRDB
import InboxCore
import Vocabulary

/// Jobs that came to an end, moved out of the hot table.
struct Outcomes {
    let db: Database

    func insert(_ job: QueuedJob, _ ending: JobEnding) throws {
        let row = JobRow(job.record)
        try db.cachedStatement(
            sql: """
                INSERT INTO outcomes (
                  job, delivery, handler, priority, state, reason, attempts, waits, crashes, cost, started_at, finished_at,
                  fingerprint, began_at, covered_by
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            job.id, job.delivery, job.record.handlerID, job.priority, row.state, row.reason, row.counts.attempts,
            row.counts.waits, row.counts.crashes, row.cost.nanos, Timestamp(ending.startedAt),
            Timestamp(ending.finishedAt), row.fingerprint, row.beganAt, ending.coveredBy,
        ])
    }

    func remove(_ job: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM outcomes WHERE job = ?").execute(arguments: [job])
    }

    func ofDelivery(_ delivery: Int64) throws -> [QueuedJob] {
        try jobs("WHERE outcomes.delivery = ? ORDER BY job", [delivery])
    }

    /// Dead jobs of a group that failed by then and can run again, longest ago first.
    func ofGroup(_ fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) throws -> [QueuedJob] {
        try jobs(Self.ofGroup, [fingerprint.text, Timestamp(latest), limit])
    }

    static let ofGroup = """
        WHERE outcomes.state = 'dead' AND fingerprint = ? AND finished_at <= ? AND \(PayloadGone.canRun)
        ORDER BY finished_at LIMIT ?
        """

    /// Jobs that are over as they would stand in the hot table.
    static let asJobs = """
        SELECT job AS id, outcomes.delivery, handler, shop, topic, resource, version, priority, 'free' AS place,
          NULL AS blocks_until, NULL AS coalesces_until, state, NULL AS due_at, reason, NULL AS lease_token,
          NULL AS lease_epoch, attempts, waits, crashes, cost, fingerprint, outcomes.began_at,
          NULL AS failed_at
        FROM outcomes CROSS JOIN deliveries ON deliveries.seq = outcomes.delivery
        """

    private func jobs(_ rest: String, _ arguments: StatementArguments) throws -> [QueuedJob] {
        try Row.fetchAll(db.cachedStatement(sql: "\(Self.asJobs) \(rest)"), arguments: arguments)
            .map(QueuedJob.init)
    }
}
