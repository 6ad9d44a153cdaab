import Foundation
import InboxCore

/// The folder that holds the database, made and locked for us alone.
struct DataFolder: Sendable {
    let url: URL
    private let lock: FolderLock

    /// What the names of copies from before a change of the schema begin with.
    static let backupPrefix = "bellhop-before-schema-"

    var database: URL { url.appending(path: "bellhop.sqlite") }

    /// - Throws: ``InboxError`` `.locked` or `.storage`.
    init(opening url: URL) throws {
        self.url = url
        do {
            // Payloads are personal data: nobody but the owner may look.
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw InboxError(.storage, "cannot create the data folder \(url.path)", cause: error)
        }
        lock = try FolderLock(folder: url)
        try makePrivateFile(database)
        // SQLite flushes the files, but the folder's own name stands in its parent.
        try url.synchronizeFolder()
        try url.deletingLastPathComponent().synchronizeFolder()
    }

    /// Where the database is copied to before its schema is changed.
    func backup(before version: Int) -> URL {
        url.appending(path: "\(Self.backupPrefix)\(version).sqlite")
    }

    /// Makes an empty file that only its owner may read, unless it is there already. What SQLite creates beside it
    /// gets the same permissions.
    func makePrivateFile(_ file: URL) throws {
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw InboxError(.storage, "cannot create \(file.path); is the data folder writable?") }
    }
}
