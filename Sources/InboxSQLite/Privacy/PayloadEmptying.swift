import Bellhop
import Foundation
import GRDB
import InboxCore

/// Takes out of the database what customers and models wrote about one delivery. What was done, when and at what cost
/// stays, and so does everything in which another delivery has a part.
struct PayloadEmptying {
    let db: Database
    let sealing: Sealing
    /// Rows that were emptied, by table.
    private(set) var counts: [String: Int] = [:]

    init(db: Database, sealing: Sealing) {
        self.db = db
        self.sealing = sealing
    }

    mutating func empty(_ delivery: Int64, because cause: PayloadGone) throws {
        try eraseBody(of: delivery)
        for job in try jobs(of: delivery) {
            try eraseSteps(of: job)
            try dropEffects(of: job, because: cause)
            try eraseEffects(of: job)
            try shortenCalls(of: job)
        }
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
        try Overwriting(db: db).zero("digest", "answer", of: "steps", where: "job = ?", job)
        try db.cachedStatement(sql: "DELETE FROM steps WHERE job = ?").execute(arguments: [job])
        count("steps")
    }

    /// What has not arrived for certain is dropped, because there is nothing left to send; why attempts failed goes.
    private func dropEffects(of job: Int64, because cause: PayloadGone) throws {
        try Overwriting(db: db).zero("reason", of: "effects", where: "job = ? AND reason IS NOT NULL", job)
        try db.cachedStatement(sql: "UPDATE effects SET reason = ? WHERE job = ? AND reason IS NOT NULL")
            .execute(arguments: [cause.reason, job])
        try db.cachedStatement(
            sql: """
                UPDATE effects SET state = 'dropped', reason = ?, due_at = NULL, lease_token = NULL, lease_epoch = NULL,
                  ended_at = coalesce(ended_at, planned_at), waits_turn = 0
                WHERE job = ? AND state IN ('planned', 'sending', 'unknown')
                """
        ).execute(arguments: [cause.reason, job])
    }

    /// An effect keeps its key, its kind and its state.
    private mutating func eraseEffects(of job: Int64) throws {
        let effects = Effects(db: db, sealing: sealing)
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
