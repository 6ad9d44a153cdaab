import Bellhop
import Foundation
import GRDB
import InboxCore
import Vocabulary

/// The model calls of every job, in the order in which they were recorded.
struct Calls {
    let db: Database

    func insert(_ calls: [CallRecord], job: Int64) throws {
        for call in calls {
            try db.cachedStatement(
                sql: """
                    INSERT INTO calls (
                      job, step, routing_class, task, model, is_fallback, attempts, started_at, milliseconds, cost,
                      unknown_costs, premium_cost, prompt_tokens, completion_tokens, journal
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                job, call.step, call.routingClass.rawValue, call.task.rawValue, call.model, call.isFallback,
                try JSON.encode(call.attempts), Timestamp(call.startedAt), call.milliseconds, call.cost.nanos,
                call.unknownCosts, call.premiumCost?.nanos, call.promptTokens, call.completionTokens,
                call.journal?.rawValue,
            ])
        }
    }

    func ofJob(_ job: Int64) throws -> [CallRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM calls WHERE job = ? ORDER BY id"), arguments: [job]
        ).map(CallRecord.init)
    }

    func attempts(ofJob job: Int64) throws -> [(call: Int64, attempts: [CallRecord.Attempt])] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT id, attempts FROM calls WHERE job = ?"), arguments: [job])
            .map { row in
                // What cannot be read any more need not be kept.
                let attempts = try? JSON.decode([CallRecord.Attempt].self, from: row.decode(forKey: "attempts"))
                return (try row.decode(forKey: "id"), attempts ?? [])
            }
    }

    /// What the job's requests count against its event's spend limit.
    func charged(ofJob job: Int64) throws -> USD {
        try attempts(ofJob: job).map(\.attempts.charged).total()
    }

    /// The attempts hold words that erasure has to find: no copy may stay behind in the room that is freed.
    func forgetCharges(ofJob job: Int64) throws {
        for (call, attempts) in try attempts(ofJob: job) where attempts.contains(where: { $0.charged != nil }) {
            try Overwriting(db: db).zero("attempts", of: "calls", where: "id = ?", call)
            try setAttempts(attempts.withoutCharges, ofCall: call)
        }
    }

    func setAttempts(_ attempts: [CallRecord.Attempt], ofCall call: Int64) throws {
        try db.cachedStatement(sql: "UPDATE calls SET attempts = ? WHERE id = ?")
            .execute(arguments: [try JSON.encode(attempts), call])
    }
}

extension CallRecord {
    fileprivate init(_ row: Row) throws {
        guard let routingClass = RoutingClass(rawValue: try row.decode(forKey: "routing_class")) else {
            throw DamagedRow(column: "routing_class")
        }
        self.init(
            step: try row.decode(forKey: "step"), routingClass: routingClass,
            task: TaskType(rawValue: try row.decode(forKey: "task")), model: try row.decode(forKey: "model"),
            isFallback: try row.decode(forKey: "is_fallback"),
            attempts: try JSON.decode([Attempt].self, from: row.decode(forKey: "attempts")),
            startedAt: try row.decode(Timestamp.self, forKey: "started_at").date,
            milliseconds: try row.decode(forKey: "milliseconds"), cost: USD(nanos: try row.decode(forKey: "cost")),
            unknownCosts: try row.decode(forKey: "unknown_costs"),
            premiumCost: try row.decode(Int64?.self, forKey: "premium_cost").map { USD(nanos: $0) },
            promptTokens: try row.decode(forKey: "prompt_tokens"),
            completionTokens: try row.decode(forKey: "completion_tokens"),
            journal: try row.decode(String?.self, forKey: "journal").flatMap(JournalUse.init))
    }
}
