import Foundation
import InboxCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
            let what = "cannot create the data folder \(url.path)"
            guard let code = POSIXErrorCode(beneath: error) else { throw InboxError(.storage, what, cause: error) }
            throw InboxError.system(code.rawValue, what)
        }
        lock = try FolderLock(folder: url)
        try makePrivateFile(database)
        try checkPermissions()
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
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw InboxError.system(errno, "cannot create \(file.path)") }
    }

    /// SQLite reports a file that belongs to somebody else in the same way as a file system that may not be written
    /// to for a while. The system tells them apart.
    private func checkPermissions() throws {
        // SQLite makes files beside the database, and another user's start may have left some behind.
        guard access(url.path, R_OK | W_OK | X_OK) == 0 else {
            throw InboxError.system(errno, "cannot write to the data folder \(url.path)")
        }
        let files = [database.path, "\(database.path)-wal", "\(database.path)-shm"]
        for path in files where access(path, R_OK | W_OK) != 0 && errno != ENOENT {
            throw InboxError.system(errno, "cannot write to \(path)")
        }
    }
}
