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

    /// Why the jobs of a new delivery are held; `nil` when they are not. A webhook that was triggered after the shop had
    /// gone shows that it is back.
    func reasonToHold(_ delivery: Delivery, _ transaction: inout StoreTransaction) throws -> String? {
        guard !Self.partingTopics.contains(delivery.topic), let since = try since(delivery.shop) else { return nil }
        guard Timestamp(delivery.happenedAt).microseconds <= since.microseconds else {
            try db.cachedStatement(sql: "DELETE FROM absent_shops WHERE shop = ?")
                .execute(arguments: [delivery.shop.domain])
            // Its effects are in line again.
            transaction.mayHaveReadiedEffects = true
            return nil
        }
        return Self.reason
    }

    func since(_ shop: Shop) throws -> Timestamp? {
        try Timestamp.fetchOne(
            db.cachedStatement(sql: "SELECT since FROM absent_shops WHERE shop = ?"), arguments: [shop.domain])
    }

    /// Notes that a shop has gone, unless something that came after the news was triggered later.
    ///
    /// - Returns: whether it is gone.
    func mark(_ shop: Shop, since moment: Timestamp, deliverySeq seq: Int64) throws -> Bool {
        let topics = Self.partingTopics.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let isBack = try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM deliveries WHERE seq > ? AND shop = ? AND topic NOT IN (\(topics))
                      AND min(coalesce(triggered_at, received_at), received_at) > ?)
                    """), arguments: [seq, shop.domain, moment])
        guard isBack == false else { return false }
        try db.cachedStatement(
            sql: """
                INSERT INTO absent_shops (shop, since) VALUES (?, ?)
                ON CONFLICT (shop) DO UPDATE SET since = max(since, excluded.since)
                """
        ).execute(arguments: [shop.domain, moment])
        return true
    }
}

/// Notes that a shop has gone.
struct MarkAbsentCommand: StoreCommand {
    let shop: Shop
    let moment: Date
    let delivery: UUID

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let db = transaction.db
        guard let seq = try Deliveries(db: db).seq(of: delivery) else { throw InboxError.noDelivery }
        return try AbsentShops(db: db).mark(shop, since: Timestamp(moment), deliverySeq: seq)
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
            guard try isConcerned(job.delivery, db) else { continue }
            if try transaction.hold(job.id, because: AbsentShops.reason, at: moment) { held += 1 }
        }
        let last: Int64? = try rows.last?.decode(forKey: "id")
        return (held, rows.count == Self.mostJobs ? last : nil)
    }

    private func isConcerned(_ delivery: Int64, _ db: Database) throws -> Bool {
        let topic = try String.fetchOne(
            db.cachedStatement(sql: "SELECT topic FROM deliveries WHERE seq = ? AND shop = ?"),
            arguments: [delivery, shop.domain])
        return topic.map { !AbsentShops.partingTopics.contains(Topic(rawValue: $0)) } ?? false
    }
}
