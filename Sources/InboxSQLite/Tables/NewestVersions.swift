import Bellhop
import Foundation
import GRDB
import InboxCore

/// The newest version of each resource that was received, by topic; kept as long as the ids of deliveries.
struct NewestVersions {
    /// How many old ones make way with each new one: more than it adds, so that they cannot pile up.
    private static let expiredPerVersion = 2

    static let select = "SELECT version FROM newest_versions WHERE resource = ? AND topic = ? AND shop = ?"

    /// Takes the place of an older one, at the end of the table.
    static let replace = """
        INSERT OR REPLACE INTO newest_versions (resource, topic, shop, version, seen_at) SELECT ?1, ?2, ?3, ?4, ?5
        WHERE NOT EXISTS (
          SELECT 1 FROM newest_versions WHERE resource = ?1 AND topic = ?2 AND shop = ?3 AND version >= ?4)
        """

    let db: Database

    func find(_ subject: JobSubject) throws -> Date? {
        guard let resource = subject.resource else { return nil }
        return try Timestamp.fetchOne(
            db.cachedStatement(sql: Self.select), arguments: [resource, subject.topic.rawValue, subject.shop])?.date
    }

    /// Remembers the version if there is one and it is newer than all before.
    func note(_ subject: JobSubject, at now: Date) throws {
        guard let resource = subject.resource, let version = subject.version else { return }
        try db.cachedStatement(sql: Self.replace).execute(arguments: [
            resource, subject.topic.rawValue, subject.shop, Timestamp(version), Timestamp(now),
        ])
        guard db.changesCount > 0 else { return }
        try db.cachedStatement(
            sql: """
                DELETE FROM newest_versions
                WHERE seq IN (SELECT seq FROM newest_versions ORDER BY seq LIMIT ?) AND seen_at < ?
                """
        ).execute(arguments: [Self.expiredPerVersion, Timestamp(now - SeenIDs.lifetime)])
    }
}
