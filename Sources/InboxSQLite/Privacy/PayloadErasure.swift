import Bellhop
import Foundation
import GRDB
import InboxCore

/// Takes out of the database what customers and models wrote about one delivery. What was done, when and at what cost
/// stays.
struct PayloadErasure {
    let db: Database
    let sealing: Sealing
    let cause: PayloadGone
    /// Rows that were erased, by table.
    private(set) var counts: [String: Int] = [:]

    init(db: Database, sealing: Sealing, cause: PayloadGone) {
        self.db = db
        self.sealing = sealing
        self.cause = cause
    }

    mutating func erase(delivery: Int64, in transaction: inout StoreTransaction) throws {
        try eraseBody(of: delivery)
        for job in try jobs(of: delivery) {
            try eraseSteps(of: job)
            try eraseEffects(of: job)
            try shortenCalls(of: job)
        }
        // Expired payloads keep their reasons, and their rows in the index lead to those.
        if cause == .erased {
            try endJobs(of: delivery, in: &transaction)
            try eraseReasons(of: delivery)
            try db.cachedStatement(sql: "DELETE FROM subjects WHERE delivery = ? AND subject <> ?")
                .execute(arguments: [delivery, SubjectDigest.shop])
        }
        try ResourceTraces(db: db).erase(of: delivery)
        try db.cachedStatement(sql: "UPDATE deliveries SET gone = ?, body_hash = zeroblob(32) WHERE seq = ?")
            .execute(arguments: [cause.rawValue, delivery])
    }

    private mutating func count(_ table: String) {
        counts[table, default: 0] += db.changesCount
    }

    private func jobs(of delivery: Int64) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(
                sql: "SELECT id FROM jobs WHERE delivery = ?1 UNION SELECT job FROM outcomes WHERE delivery = ?1"),
            arguments: [delivery])
    }

    private mutating func eraseBody(of delivery: Int64) throws {
        try Overwriting(db: db).zero("headers", "content", of: "bodies", where: "delivery = ?", delivery)
        try db.cachedStatement(sql: "DELETE FROM bodies WHERE delivery = ?").execute(arguments: [delivery])
        count("payloads")
    }

    /// What models answered.
    private mutating func eraseSteps(of job: Int64) throws {
        try Overwriting(db: db).zero("answer", of: "steps", where: "job = ?", job)
        try db.cachedStatement(sql: "DELETE FROM steps WHERE job = ?").execute(arguments: [job])
        count("steps")
    }

    /// An effect keeps its key, its kind and its state; one that has not arrived for certain is dropped.
    private mutating func eraseEffects(of job: Int64) throws {
        let effects = Effects(db: db, sealing: sealing)
        try EffectTraces(effects: effects).erase(of: job, because: cause.reason)
        for entry in try effects.ofJob(job) {
            let position = entry.position
            try db.cachedStatement(
                sql: """
                    UPDATE effects SET effect = zeroblob(length(CAST(effect AS BLOB))) WHERE job = ? AND position = ?
                    """
            ).execute(arguments: [job, position])
            try db.cachedStatement(sql: "UPDATE effects SET effect = ? WHERE job = ? AND position = ?")
                .execute(arguments: [
                    try effects.encode(Effect(emptyOf: entry.kind), job: job, position: position), job, position,
                ])
            count("effects")
        }
    }

    /// A call keeps which models were asked, when and what it cost. Of a failure its kind stays: the words may quote.
    private mutating func shortenCalls(of job: Int64) throws {
        let calls = Calls(db: db)
        for (id, attempts) in try calls.attempts(ofJob: job) {
            try Overwriting(db: db).zero("attempts", of: "calls", where: "id = ?", id)
            try calls.setAttempts(attempts.map(\.withoutWords), ofCall: id)
            count("calls")
        }
    }

    /// Jobs that still moved are skipped. A worker that has one loses its lease, so nothing is written after.
    private mutating func endJobs(of delivery: Int64, in transaction: inout StoreTransaction) throws {
        for job in try Jobs(db: db).ofDelivery(delivery) where job.record.handlerID != PrivacyHandler.id {
            try Overwriting(db: db).zero("reason", of: "jobs", where: "id = ?", job.id)
            try transaction.skip(job.id, because: cause.reason, at: Date())
            counts["jobs", default: 0] += 1
        }
    }

    private mutating func eraseReasons(of delivery: Int64) throws {
        try Overwriting(db: db).zero("reason", of: "outcomes", where: "delivery = ? AND reason IS NOT NULL", delivery)
        try db.cachedStatement(sql: "UPDATE outcomes SET reason = ? WHERE delivery = ? AND reason IS NOT NULL")
            .execute(arguments: [cause.reason, delivery])
        count("reasons")
    }
}

extension CallRecord.Attempt {
    /// The attempt with the kind of its failure alone.
    fileprivate var withoutWords: CallRecord.Attempt {
        var attempt = self
        attempt.failure = failure.map { String($0.prefix { $0 != ":" }) }
        return attempt
    }
}

extension Effect {
    /// Stands in the place of an effect whose content is erased.
    fileprivate init(emptyOf kind: Kind) {
        switch kind {
        case .tag: self = .tag(.order(0), [])
        case .note: self = .note(.order(0), "")
        case .metafield: self = .metafield(.order(0), Metafield(key: "erased", value: ""))
        case .post: self = .post(Post(to: "", .null))
        }
    }
}
