import Cryptography
import Foundation
import GRDB

/// Columns of text that are sealed, beside the payloads.
struct SealedColumn: Sendable {
    let table: String
    let column: String
    /// What tells rows apart; the first groups them for the walk.
    let keys: [String]
    let place: StaticString

    static let all = [
        SealedColumn(table: "effects", column: "effect", keys: ["job", "position"], place: "effects.effect"),
        SealedColumn(table: "steps", column: "answer", keys: ["job", "name", "occurrence"], place: "steps.answer"),
    ]

    /// The place of a row's value: its keys with slashes between them.
    func place(of row: Row) -> Sealing.Place {
        Sealing.Place(place, row: keys.map { Self.text(row[$0] as DatabaseValue? ?? .null) }.joined(separator: "/"))
    }

    private static func text(_ key: DatabaseValue) -> String {
        switch key.storage {
        case .int64(let number): "\(number)"
        case .string(let text): text
        default: ""
        }
    }
}

/// Seals some rows anew that are not sealed with the newest key.
///
/// A walk goes along the payloads, then along the other columns; where it has come is kept in the commits of its steps.
struct ResealCommand: StoreCommand {
    private static let mostRows = 64
    private static let mostBytes = 2 << 20

    /// - Returns: whether there may be more.
    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let (db, sealing) = (transaction.db, transaction.sealing)
        let meta = Meta(db: db)
        guard let key = sealing.keys.newest.map({ Int64(bitPattern: $0.id.number) }),
            try meta.value("sealed_with") != key
        else { return false }
        if try meta.value("resealing") != key { try begin(key, meta) }
        if try resealPayloads(db, sealing) { return true }
        for column in SealedColumn.all {
            if try reseal(column, db, sealing) { return true }
        }
        try end(key, meta)
        return false
    }

    /// Forgets how far a walk has come, and that one came to its end, when the newest key is another than it was then,
    /// or missing: what this process stores is not sealed with the walk's key. To be called at every start.
    static func forgetOtherWalks(_ sealing: Sealing, _ db: Database) throws {
        let meta = Meta(db: db)
        let key = sealing.keys.newest.map { Int64(bitPattern: $0.id.number) }
        let walks = ["sealed_with", "resealing"]
        let isOther = try walks.map { try meta.value($0) }.contains { $0 != 0 && $0 != key }
        guard isOther else { return }
        for walk in walks { try meta.set(walk, to: 0) }
    }

    private func begin(_ key: Int64, _ meta: Meta) throws {
        for name in ["unsealable", "resealed_bodies", "resealed_effects", "resealed_steps"] {
            try meta.set(name, to: 0)
        }
        try meta.set("resealing", to: key)
    }

    /// With rows left whose key is missing, the next start walks again.
    private func end(_ key: Int64, _ meta: Meta) throws {
        if try meta.value("unsealable") == 0 { try meta.set("sealed_with", to: key) }
        try meta.set("resealing", to: 0)
    }

    private func resealPayloads(_ db: Database, _ sealing: Sealing) throws -> Bool {
        let meta = Meta(db: db)
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT bodies.*, deliveries.body_bytes FROM bodies
                    JOIN deliveries ON deliveries.seq = bodies.delivery
                    WHERE bodies.delivery > ? ORDER BY bodies.delivery LIMIT \(Self.mostRows)
                    """), arguments: [try meta.value("resealed_bodies")])
        var outdated: [(delivery: Int64, payload: StoredPayload, bytes: Int)] = []
        var last: Int64?
        var bytes = 0
        while bytes < Self.mostBytes, let row = try rows.next() {
            let delivery: Int64 = try row.decode(forKey: "delivery")
            last = delivery
            guard let payload = try? StoredPayload(row), payload.isOutdated(sealing) else { continue }
            bytes += payload.content.count
            outdated.append((delivery, payload, try row.decode(forKey: "body_bytes")))
        }
        for (delivery, payload, size) in outdated {
            try resealing(db) {
                let (headers, body) = try payload.opened(of: delivery, bytes: size, sealing: sealing)
                let fresh = try StoredPayload(body, headers: headers, of: delivery, sealing: sealing)
                try Overwriting(db: db).zero("headers", "content", of: "bodies", where: "delivery = ?", delivery)
                try db.cachedStatement(
                    sql: "UPDATE bodies SET headers = ?, encoding = ?, content = ? WHERE delivery = ?"
                ).execute(arguments: [fresh.headers, fresh.encoding, fresh.content, delivery])
            }
        }
        if let last { try meta.set("resealed_bodies", to: last) }
        return last != nil
    }

    private func reseal(_ column: SealedColumn, _ db: Database, _ sealing: Sealing) throws -> Bool {
        let meta = Meta(db: db)
        let progress = "resealed_\(column.table)"
        let group = column.keys[0]
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(column.keys.joined(separator: ", ")), \(column.column) AS value FROM \(column.table)
                    WHERE \(group) IN (
                      SELECT DISTINCT \(group) FROM \(column.table) WHERE \(group) > ? ORDER BY \(group) LIMIT \(Self.mostRows)
                    ) ORDER BY \(group)
                    """), arguments: [try meta.value(progress)])
        for row in rows {
            let stored = try row.sealed("value")
            guard sealing.isOutdated(stored) else { continue }
            try resealing(db) {
                let place = column.place(of: row)
                try update(column, row, to: sealing.stored(sealing.text(stored, in: place), in: place), db)
            }
        }
        guard let last: Int64 = try rows.last?.decode(forKey: group) else { return false }
        try meta.set(progress, to: last)
        return true
    }

    private func update(_ column: SealedColumn, _ row: Row, to value: DatabaseValue, _ db: Database) throws {
        let condition = column.keys.map { "\($0) = ?" }.joined(separator: " AND ")
        let keys = column.keys.map { row[$0] as DatabaseValue? ?? .null }
        try db.cachedStatement(
            sql: """
                UPDATE \(column.table) SET \(column.column) = zeroblob(length(CAST(\(column.column) AS BLOB)))
                WHERE \(condition)
                """
        ).execute(arguments: StatementArguments(keys))
        try db.cachedStatement(sql: "UPDATE \(column.table) SET \(column.column) = ? WHERE \(condition)")
            .execute(arguments: StatementArguments([value] + keys))
    }

    /// Passes over what cannot be opened, and counts it.
    private func resealing(_ db: Database, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError {
            throw error
        } catch {
            let meta = Meta(db: db)
            try meta.set("unsealable", to: meta.value("unsealable") + 1)
        }
    }
}
