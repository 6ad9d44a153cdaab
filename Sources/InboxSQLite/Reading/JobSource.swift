import Bellhop
import Foundation
import GRDB
import InboxCore

/// Where the jobs of a state stand, with the columns that make up a summary.
enum JobSource: CaseIterable {
    /// The hot table.
    case live
    /// Those that came to an end.
    case ended

    init(_ state: JobState.Name) {
        switch state {
        case .ready, .running, .waiting, .held: self = .live
        case .done, .skipped, .dead: self = .ended
        }
    }

    var table: String {
        switch self {
        case .live: "jobs"
        case .ended: "outcomes"
        }
    }

    /// The column with the job's id.
    var job: String {
        switch self {
        case .live: "jobs.id"
        case .ended: "outcomes.job"
        }
    }

    // CROSS JOIN keeps SQLite from starting at the deliveries, which would sort all of them.
    var from: String { "\(table) CROSS JOIN deliveries ON deliveries.seq = \(table).delivery" }

    var columns: String {
        let own =
            switch self {
            case .live:
                "jobs.due_at, jobs.lease_token, jobs.lease_epoch, jobs.place, NULL AS finished_at, NULL AS covered_by"
            case .ended:
                """
                NULL AS due_at, NULL AS lease_token, NULL AS lease_epoch, 'free' AS place, outcomes.finished_at,
                outcomes.covered_by
                """
            }
        return """
            \(job) AS job, \(table).handler, \(table).state, \(table).reason, \(table).attempts, \(table).waits,
            \(table).crashes, \(table).cost, \(table).fingerprint, \(table).began_at, \(own),
            deliveries.id AS delivery_id, deliveries.topic, deliveries.shop, deliveries.webhook_id,
            deliveries.received_at, deliveries.duplicates
            """
    }
}

extension EventSummary {
    /// - Parameter row: with the columns of a `JobSource`.
    init(_ row: Row) throws {
        self.init(
            deliveryID: try row.decode(UUID.self, forKey: "delivery_id").deliveryID,
            job: try JobRow(row).record(from: row),
            isBehind: try row.decode(String.self, forKey: "place") == LanePlace.behind.rawValue,
            topic: Topic(rawValue: try row.decode(forKey: "topic")),
            shop: try row.shop(),
            webhookID: try row.decode(forKey: "webhook_id"),
            receivedAt: try row.decode(Timestamp.self, forKey: "received_at").date,
            finishedAt: try row.decode(Timestamp?.self, forKey: "finished_at")?.date,
            duplicates: try row.decode(forKey: "duplicates"))
    }
}
