import Foundation
import GRDB
import TortureJudge

/// The server's database, read without any of Bellhop's code.
struct Store: Sendable {
    private let database: DatabaseQueue

    init(folder: URL) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        database = try DatabaseQueue(
            path: folder.appending(path: "bellhop.sqlite").path, configuration: configuration)
    }

    /// How many jobs and effects move still, waiting ones included.
    func moving() async throws -> Int {
        try await database.read { db in
            let jobs = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM jobs WHERE state IN ('ready', 'running', 'waiting')")
            guard try Self.deliversEffects(db) else { return jobs ?? 0 }
            let effects = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM effects WHERE kind = 'post' AND state IN ('planned', 'sending')")
            return (jobs ?? 0) + (effects ?? 0)
        }
    }

    /// How many jobs and effects are under way: the next start counts a crash of each job, and knows of no such effect
    /// whether it arrived.
    func inHand() throws -> Int {
        try database.read { db in
            let jobs = try Int.fetchOne(db, sql: "SELECT count(*) FROM jobs WHERE state = 'running'") ?? 0
            guard try Self.deliversEffects(db) else { return jobs }
            return jobs + (try Int.fetchOne(db, sql: "SELECT count(*) FROM effects WHERE state = 'sending'") ?? 0)
        }
    }

    func webhookIDs() throws -> Set<String> {
        try database.read { try String.fetchSet($0, sql: "SELECT webhook_id FROM deliveries") }
    }

    /// Adds what a stopped server left.
    func read(into facts: inout Facts) throws {
        try database.read { db in
            facts.deliveries = try Row.fetchAll(
                db,
                sql: """
                    SELECT webhook_id, topic, EXISTS (SELECT 1 FROM bodies WHERE bodies.delivery = deliveries.seq)
                    FROM deliveries
                    """
            ).map { Facts.Stored(webhookID: $0[0], topic: $0[1], hasBody: $0[2]) }
            facts.jobs = try Self.jobs(db)
            facts.ledger = try Self.ledger(db)
            facts.hasJournal = try db.tableExists("steps")
            facts.damages = try Self.damages(db)
        }
    }

    /// The effects that are posted somewhere.
    func effects() throws -> [Facts.Planned] {
        try database.read { db in
            guard try Self.deliversEffects(db) else { return [] }
            return try Row.fetchAll(db, sql: "SELECT key, state, reason FROM effects WHERE kind = 'post'")
                .map { Facts.Planned(key: $0["key"], state: $0["state"], reason: $0["reason"]) }
        }
    }

    private static func deliversEffects(_ db: Database) throws -> Bool {
        try db.columns(in: "effects").contains { $0.name == "kind" }
    }

    private static func jobs(_ db: Database) throws -> [Facts.Job] {
        try ["jobs", "outcomes"].flatMap { table in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT webhook_id, handler, state, reason FROM \(table)
                    JOIN deliveries ON deliveries.seq = \(table).delivery
                    """
            ).map {
                Facts.Job(webhookID: $0["webhook_id"], handler: $0["handler"], state: $0["state"], reason: $0["reason"])
            }
        }
    }

    private static func ledger(_ db: Database) throws -> [Facts.LedgerRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT generation, model, state, cost, coalesce(reserved, 0) AS reserved, accepted,
                  coalesce(reference, '') || ' ' || coalesce(json_extract(labels, '$.handler'), '') || ' ' || task
                    AS question
                FROM ledger
                """
        ).map {
            Facts.LedgerRow(
                generation: $0["generation"], model: $0["model"], state: $0["state"], cost: $0["cost"],
                reserved: $0["reserved"], isAccepted: $0["accepted"], question: $0["question"])
        }
    }

    private static func damages(_ db: Database) throws -> [String] {
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let references = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map {
            "dangling reference in \($0[0] ?? "?")"
        }
        return integrity + references
    }
}
