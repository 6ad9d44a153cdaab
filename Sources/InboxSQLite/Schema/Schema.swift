import Foundation
import GRDB
import InboxCore

/// The database's tables, by version. Versions only go forward: the way back is the backup.
struct Schema: Sendable {
    struct Version: Sendable {
        let number: Int
        let sql: String
        /// What SQL cannot express, afterwards and in the same transaction.
        var then: @Sendable (Database) throws -> Void = { _ in }
    }

    /// Ascending.
    let versions: [Version]

    static let current = Schema(versions: [.one, .two, .three, .four, .five, .six, .seven])

    /// Brings the database up to date, backing it up first when it holds an older version.
    ///
    /// - Parameter freeDisk: how many bytes may still be written to the disk with a folder; `nil` when nobody can tell.
    /// - Throws: ``InboxError`` `.newerSchema` when a newer Bellhop wrote it, and `.storage` when a copy has no room.
    func migrate(
        _ database: DatabaseQueue, in folder: DataFolder, freeDisk: (URL) -> Int? = DiskSpace.free(at:)
    ) throws {
        let migrator = migrator
        let applied = try database.read { try migrator.appliedIdentifiers($0) }
        guard applied.isSubset(of: migrator.migrations) else {
            throw InboxError(
                .newerSchema,
                "the database in \(folder.url.path) was written by a newer bellhop; start that one, or restore a backup"
            )
        }
        guard let next = versions.first(where: { !applied.contains($0.identifier) }) else { return }
        if !applied.isEmpty {
            try SchemaBackup(folder: folder, version: next.number, freeDisk: freeDisk(folder.url)).make(of: database)
        }
        try migrator.migrate(database)
    }

    private var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for version in versions {
            migrator.registerMigration(version.identifier) { db in
                try db.execute(sql: version.sql)
                try version.then(db)
            }
        }
        return migrator
    }
}

extension Schema.Version {
    var identifier: String { "\(number)" }
}
