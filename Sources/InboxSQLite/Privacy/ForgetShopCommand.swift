import Bellhop
import Foundation
import GRDB
import InboxCore

/// Replaces a shop's name, where it stands beside nothing else, by what stands for it, and deletes what is remembered
/// of its resources: a stretch of a table at a time.
struct ForgetShopCommand: StoreCommand {
    enum Table: Sendable, CaseIterable {
        case seenIDs, ledger, newestVersions, writes
    }

    /// Rows that one step looks at.
    static let window: Int64 = 2000

    static let deleteWrites = """
        DELETE FROM writes WHERE (shop, resource, field) IN
          (SELECT shop, resource, field FROM writes WHERE shop = ? LIMIT \(window))
        """

    let request: PrivacyRequest
    let table: Table
    let after: Int64

    /// - Returns: where to go on; `nil` when that was all.
    func perform(in transaction: inout StoreTransaction) throws -> Int64? {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        let shop = request.shop.domain
        let end = after + Self.window
        switch table {
        case .seenIDs:
            let pseudonym = try SubjectDigest(db).pseudonym(of: request.shop).domain
            // One that is there already makes way.
            try db.cachedStatement(
                sql: "UPDATE OR REPLACE seen_ids SET shop = ? WHERE seq > ? AND seq <= ? AND shop = ? AND delivery <= ?"
            ).execute(arguments: [pseudonym, after, end, shop, place.id])
            try Erasures(db: db).add(["seen_ids": db.changesCount], to: place.id)
            return try last("seen_ids", db) > end ? end : nil
        case .ledger:
            let replaced = try LedgerLabels(db: db).replace(
                request.shop, for: request, at: place, from: after, to: end)
            try Erasures(db: db).add(["ledger": replaced], to: place.id)
            return try last("ledger", db) > end ? end : nil
        case .newestVersions:
            try db.cachedStatement(sql: "DELETE FROM newest_versions WHERE seq > ? AND seq <= ? AND shop = ?")
                .execute(arguments: [after, end, shop])
            return try last("newest_versions", db) > end ? end : nil
        case .writes:
            // These have no number to go by, but lie together.
            try db.cachedStatement(sql: Self.deleteWrites).execute(arguments: [shop])
            return db.changesCount == Int(Self.window) ? end : nil
        }
    }

    private func last(_ table: String, _ db: Database) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(seq) FROM \(table)")) ?? 0
    }
}

/// Notes which files have been removed, and takes an erased shop's name out of the small tables about requests.
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
            try db.execute(sql: "DELETE FROM absent_shops WHERE shop = ?", arguments: [request.shop.domain])
            try Effects(db: db, sealing: transaction.sealing).letIn(request.shop)
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
