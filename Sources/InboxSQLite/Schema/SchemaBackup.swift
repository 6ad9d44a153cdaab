import Foundation
import GRDB
import InboxCore

/// A copy of the database as it was before a schema version.
struct SchemaBackup {
    let folder: DataFolder
    let version: Int

    /// Writes the copy to stable storage. A copy that an earlier start left unfinished is replaced.
    func make(of database: DatabaseQueue) throws {
        let backup = folder.backup(before: version)
        let unfinished = backup.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: unfinished)
        // On a full disk the start waits: what there is of a copy must not take the room that it waits for.
        defer { try? FileManager.default.removeItem(at: unfinished) }
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
}
