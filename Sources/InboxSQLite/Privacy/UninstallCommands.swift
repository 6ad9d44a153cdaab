import Bellhop
import Foundation
import GRDB
import InboxCore

/// Shops that have removed the app.
struct AbsentShops {
    static let reason = "the app was uninstalled"
    /// They come from a shop that has gone, too.
    static let partingTopics = Topic.obliged

    let db: Database

    /// Why the jobs of a new delivery are held; `nil` when they are not. A webhook that was triggered after the shop
    /// had gone shows that it is back.
    func reasonToHold(_ delivery: Delivery, _ transaction: inout StoreTransaction) throws -> String? {
        guard !Self.partingTopics.contains(delivery.topic), let since = try since(delivery.shop) else { return nil }
        guard Timestamp(delivery.happenedAt).microseconds <= since.microseconds else {
            try db.cachedStatement(sql: "DELETE FROM absent_shops WHERE shop = ?")
                .execute(arguments: [delivery.shop.domain])
            try Effects(db: db, sealing: transaction.sealing).letIn(delivery.shop)
            transaction.mayHaveReadiedEffects = true
            return nil
        }
        return Self.reason
    }

    func since(_ shop: Shop) throws -> Timestamp? {
        try Timestamp.fetchOne(
            db.cachedStatement(sql: "SELECT since FROM absent_shops WHERE shop = ?"), arguments: [shop.domain])
    }

    /// Whether something that came after a delivery was triggered later than a moment, so that the shop is back.
    func isBack(_ shop: Shop, since moment: Timestamp, after seq: Int64) throws -> Bool {
        let topics = Self.partingTopics.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM deliveries WHERE seq > ? AND shop = ? AND topic NOT IN (\(topics))
                      AND min(coalesce(triggered_at, received_at), received_at) > ?)
                    """), arguments: [seq, shop.domain, moment]) ?? false
    }

    func mark(_ shop: Shop, since moment: Timestamp) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO absent_shops (shop, since) VALUES (?, ?)
                ON CONFLICT (shop) DO UPDATE SET since = max(since, excluded.since)
                """
        ).execute(arguments: [shop.domain, moment])
    }

    /// Why a job whose run has not brought it to an end is held: its shop went meanwhile.
    func reasonToStop(_ subject: JobSubject) throws -> String? {
        guard !Self.partingTopics.contains(subject.topic), let shop = Shop(domain: subject.shop),
            try since(shop) != nil
        else { return nil }
        return Self.reason
    }
}

/// Notes that a shop has gone, unless something has come that shows that it is back.
struct MarkAbsentCommand: StoreCommand {
    let shop: Shop
    let moment: Date
    /// What came until then has been looked through.
    let lookedThrough: Int64

    /// - Returns: whether it is gone.
    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let shops = AbsentShops(db: transaction.db)
        guard try !shops.isBack(shop, since: Timestamp(moment), after: lookedThrough) else { return false }
        try shops.mark(shop, since: Timestamp(moment))
        return true
    }
}

/// Holds some of the jobs that a shop that has gone still has waiting.
struct HoldAbsentCommand: StoreCommand {
    static let mostJobs = 500

    let shop: Shop
    let moment: Date
    let after: Int64

    /// - Returns: how many were held, and where to go on; `nil` when that was all.
    func perform(in transaction: inout StoreTransaction) throws -> (held: Int, next: Int64?) {
        let db = transaction.db
        // The shop may be back meanwhile.
        guard try AbsentShops(db: db).since(shop) != nil else { return (0, nil) }
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM jobs WHERE id > ? ORDER BY id LIMIT \(Self.mostJobs)"),
            arguments: [after])
        var held = 0
        for row in rows {
            let job = try QueuedJob(row)
            guard isConcerned(job.subject) else { continue }
            if try transaction.hold(job.id, because: AbsentShops.reason, at: moment) { held += 1 }
        }
        let last: Int64? = try rows.last?.decode(forKey: "id")
        return (held, rows.count == Self.mostJobs ? last : nil)
    }

    private func isConcerned(_ subject: JobSubject) -> Bool {
        subject.shop == shop.domain && !AbsentShops.partingTopics.contains(subject.topic)
    }
}
