import Foundation
import InboxCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension URL {
    /// Puts the names in the folder on stable storage.
    ///
    /// - Throws: ``InboxError`` `.storage`.
    func synchronizeFolder() throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw InboxError.system(errno, "cannot open the folder \(path)") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw InboxError.system(errno, "cannot flush the folder \(path)") }
    }
}
