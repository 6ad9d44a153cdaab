import Bellhop
import Foundation
import GRDB
import InboxCore

/// Replaces a shop's name, where it stands beside nothing else, by what stands for it: a stretch of a table at a time.
struct ForgetShopCommand: StoreCommand {
    enum Table: Sendable, CaseIterable {
        case seenIDs, ledger
    }

    /// Rows that one step looks at.
    static let window: Int64 = 2000

    let request: PrivacyRequest
    let table: Table
    let after: Int64

    /// - Returns: where to go on; `nil` when that was all.
    func perform(in transaction: inout StoreTransaction) throws -> Int64? {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        let pseudonym = try SubjectDigest(db).pseudonym(of: request.shop)
        let end = after + Self.window
        switch table {
        case .seenIDs:
            // One that is there already makes way.
            try db.cachedStatement(
                sql: "UPDATE OR REPLACE seen_ids SET shop = ? WHERE seq > ? AND seq <= ? AND shop = ? AND delivery <= ?"
            ).execute(arguments: [pseudonym.domain, after, end, request.shop.domain, place.id])
            try Erasures(db: db).add(["seen_ids": db.changesCount], to: place.id)
            return try last("seen_ids", db) > end ? end : nil
        case .ledger:
            try Erasures(db: db).add(["ledger": relabel(to: pseudonym, db)], to: place.id)
            return try last("ledger", db) > end ? end : nil
        }
    }

    private func last(_ table: String, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(seq) FROM \(table)")) ?? 0
    }

    /// Amounts stay: what was spent was spent.
    private func relabel(to pseudonym: Shop, _ db: Database) throws -> Int {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT seq, labels FROM ledger WHERE seq > ? AND seq <= ? AND at <= ? AND instr(labels, ?) > 0
                    """),
            arguments: [after, after + Self.window, Timestamp(request.requestedAt), request.shop.domain])
        for row in rows {
            let seq: Int64 = try row.decode(forKey: "seq")
            let labels = try JSON.decode([String: String].self, from: row.decode(forKey: "labels"))
                .mapValues { $0 == request.shop.domain ? pseudonym.domain : $0 }
            try Overwriting(db: db).zero("labels", of: "ledger", where: "seq = ?", seq)
            try db.cachedStatement(sql: "UPDATE ledger SET labels = ? WHERE seq = ?")
                .execute(arguments: [try JSON.encode(labels), seq])
        }
        return rows.count
    }
}

/// Takes a shop's name, or a customer's digests, out of the small tables about requests.
struct ForgetRequestsCommand: StoreCommand {
    let request: PrivacyRequest
    /// Files of answers that have been removed.
    let exports: [String]
    /// Other files that have been removed, by kind.
    let files: [String: Int]

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        let requests = DataRequests(db: db)
        for export in exports { try requests.removeExport(export) }
        if request.kind == .eraseShop {
            let pseudonym = try SubjectDigest(db).pseudonym(of: request.shop).domain
            try db.execute(
                sql: "UPDATE data_requests SET shop = ?, subjects = '[]' WHERE shop = ?",
                arguments: [pseudonym, request.shop.domain])
            for table in ["newest_versions", "writes"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE shop = ?", arguments: [request.shop.domain])
            }
            try db.execute(sql: "DELETE FROM absent_shops WHERE shop = ?", arguments: [request.shop.domain])
        }
        try Erasures(db: db).add(files.merging(["exports": exports.count]) { $0 + $1 }, to: place.id)
    }
}

/// Completes a proof.
struct FinishErasureCommand: StoreCommand {
    let request: UUID
    let now: Date

    func perform(in transaction: inout StoreTransaction) throws {
        try Erasures(db: transaction.db).finish(request, at: now)
    }
}
