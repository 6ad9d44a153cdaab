import Bellhop
import Foundation
import GRDB
import InboxCore

/// What we wrote last to the fields of the shops' resources, as digests.
struct FieldWrites {
    /// Old rows that go with each recording.
    private static let expiredAtOnce = 100

    static let expire = """
        DELETE FROM writes WHERE (shop, resource, field) IN
          (SELECT shop, resource, field FROM writes WHERE at < ? ORDER BY at LIMIT ?)
        """

    static let select = "SELECT field, digest FROM writes WHERE shop = ? AND resource = ? AND at >= ?"

    let db: Database

    func record(_ writes: [FieldWrite], shop: Shop, at now: Date) throws {
        guard !writes.isEmpty else { return }
        try db.cachedStatement(sql: Self.expire).execute(arguments: [
            Timestamp(now - FieldWrite.memory.timeInterval), Self.expiredAtOnce,
        ])
        for write in writes {
            try db.cachedStatement(
                sql: """
                    INSERT INTO writes (shop, resource, field, digest, at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (shop, resource, field) DO UPDATE SET digest = excluded.digest, at = excluded.at
                    """
            ).execute(arguments: [shop.domain, write.resource, write.field, write.digest, Timestamp(now)])
        }
    }

    func last(to resource: String, in shop: Shop, since: Date) throws -> [String: Data] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: Self.select), arguments: [shop.domain, resource, Timestamp(since)])
        return Dictionary(
            try rows.map { (try $0.decode(forKey: "field"), try $0.decode(forKey: "digest")) },
            uniquingKeysWith: { first, _ in first })
    }
}
