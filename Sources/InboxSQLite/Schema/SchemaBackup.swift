import Foundation
import GRDB
import InboxCore

/// A copy of the database as it was before a schema version.
struct SchemaBackup {
    let folder: DataFolder
    let version: Int
    /// Bytes that may still be written; `nil` when nobody can tell.
    let freeDisk: Int?

    /// Writes the copy to stable storage. A copy that an earlier start left unfinished is replaced.
    func make(of database: DatabaseQueue) throws {
        let backup = folder.backup(before: version)
        let unfinished = backup.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: unfinished)
        // On a full disk the start waits: what there is of a copy must not take the room that it waits for.
        defer { try? FileManager.default.removeItem(at: unfinished) }
        try checkRoom(for: database)
        try folder.makePrivateFile(unfinished)
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [unfinished.path])
        }
        let file = try FileHandle(forUpdating: unfinished)
        try file.synchronize()
        try file.close()
        try? FileManager.default.removeItem(at: backup)
        try FileManager.default.moveItem(at: unfinished, to: backup)
        try folder.url.synchronizeFolder()
    }

    /// A copy that does not fit would fill the disk up for everybody on it until it fails, and with each try again.
    private func checkRoom(for database: DatabaseQueue) throws {
        let size = try database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT page_size * (page_count - freelist_count)
                    FROM pragma_page_size, pragma_page_count, pragma_freelist_count
                    """)
        }
        guard let size, let freeDisk, freeDisk < size else { return }
        throw InboxError.system(
            ENOSPC, "there is no room for a copy of the database from before the new schema, \(size >> 20) MiB")
    }
}
