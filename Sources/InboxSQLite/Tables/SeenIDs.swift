import Bellhop
import Foundation
import GRDB
import InboxCore

/// The keys of deliveries seen, kept longer than the deliveries need to be.
struct SeenIDs {
    /// 30 days, in seconds.
    static let lifetime: TimeInterval = 30 * 86_400
    /// How many old keys make way with each delivery: more than the two that it adds, so that they cannot pile up.
    private static let expiredPerDelivery = 4

    static let expire = "DELETE FROM seen_ids WHERE seq < (SELECT min(seq) FROM seen_ids) + ? AND seen_at < ?"

    let db: Database

    /// The id of the delivery that was stored under one of the keys. Those of a shop that was erased since stand under
    /// its pseudonym.
    ///
    /// - Parameter keys: those of one delivery, and so of one shop.
    func delivery(under keys: [SeenKey], _ digest: SubjectDigest) throws -> UUID? {
        guard let shop = keys.first?.shop else { return nil }
        let pseudonym = try digest.pseudonym(of: shop)
        for key in keys {
            let statement = try db.cachedStatement(
                sql: """
                    SELECT delivery FROM seen_ids
                    WHERE id = ? AND kind = ? AND shop IN (?, ?) AND sender = ? AND topic = ? AND body_hash = ?
                    """)
            let found = try UUID.fetchOne(
                statement,
                arguments: [
                    key.id, key.kind.rawValue, shop.domain, pseudonym.domain, key.sender, key.topic, key.bodyHash,
                ])
            if let found { return found }
        }
        return nil
    }

    func insert(_ keys: [SeenKey], for delivery: UUID, at now: Date) throws {
        for key in keys {
            try db.cachedStatement(
                sql: """
                    INSERT INTO seen_ids (kind, sender, shop, id, topic, body_hash, delivery, seen_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                key.kind.rawValue, key.sender, key.shop.domain, key.id, key.topic, key.bodyHash, delivery,
                Timestamp(now),
            ])
        }
    }

    /// Removes some of the oldest keys whose time is over.
    ///
    /// - Parameter deliveries: how many were stored since this was last done.
    func expire(after deliveries: Int, at now: Date) throws {
        try db.cachedStatement(sql: Self.expire).execute(arguments: [
            Self.expiredPerDelivery * deliveries, Timestamp(now - Self.lifetime),
        ])
    }
}
