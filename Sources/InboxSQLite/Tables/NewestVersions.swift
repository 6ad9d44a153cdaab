import Bellhop
import Foundation
import GRDB
import InboxCore

/// The newest version of each resource that was received, by topic; kept as long as the ids of deliveries.
struct NewestVersions {
    /// How many old ones make way with each new one: more than it adds, so that they cannot pile up.
    private static let expiredPerVersion = 2

    static let select = "SELECT version FROM newest_versions WHERE resource = ? AND topic = ? AND shop = ?"

    let db: Database

    func find(_ subject: JobSubject) throws -> Date? {
        guard let resource = subject.resource else { return nil }
        return try Timestamp.fetchOne(
            db.cachedStatement(sql: Self.select), arguments: [resource, subject.topic.rawValue, subject.shop])?.date
    }

    /// Remembers the version if there is one and it is newer than all before.
    func note(_ subject: JobSubject, at now: Date) throws {
        guard let resource = subject.resource, let version = subject.version else { return }
        if let newest = try find(subject), newest >= version { return }
        let key: StatementArguments = [resource, subject.topic.rawValue, subject.shop]
        try db.cachedStatement(sql: "DELETE FROM newest_versions WHERE resource = ? AND topic = ? AND shop = ?")
            .execute(arguments: key)
        try db.cachedStatement(
            sql: "INSERT INTO newest_versions (resource, topic, shop, version, seen_at) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: key + [Timestamp(version), Timestamp(now)])
        try db.cachedStatement(
            sql: """
                DELETE FROM newest_versions
                WHERE seq IN (SELECT seq FROM newest_versions ORDER BY seq LIMIT ?) AND seen_at < ?
                """
        ).execute(arguments: [Self.expiredPerVersion, Timestamp(now - SeenIDs.lifetime)])
    }
}
