import Foundation
import InboxCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The exclusive right to a data folder, held until the value is released or the process ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``InboxError`` `.locked` when another process, or another part of this one, holds it; `.storage` when
    ///   the lock file cannot be opened.
    init(folder: URL) throws {
        // A file of its own: closing any descriptor of the database would drop SQLite's locks on it.
        let path = folder.appending(path: "bellhop.lock").path
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw InboxError.system(errno, "cannot open the lock file in \(folder.path)")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(file)
            guard reason == EWOULDBLOCK else { throw InboxError.system(reason, "cannot lock \(folder.path)") }
            throw InboxError(
                .locked,
                "the data folder \(folder.path) is in use by another bellhop; stop that one, or start this one with "
                    + "another folder")
        }
        // Last, so that `deinit` closes the file only of a lock that was taken.
        descriptor = file
    }

    deinit {
        close(descriptor)
    }
}
