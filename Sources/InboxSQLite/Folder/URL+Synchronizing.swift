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
        guard folder >= 0 else {
            throw InboxError(.storage, "cannot open the folder \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(folder) }
        guard fsync(folder) == 0 else {
            throw InboxError(.storage, "cannot flush the folder \(path): \(String(cString: strerror(errno)))")
        }
    }
}
