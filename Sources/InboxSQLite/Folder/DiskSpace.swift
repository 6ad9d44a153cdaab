package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

package enum DiskSpace {
    /// Bytes that this user may still write to the disk with the folder; `nil` when that cannot be told. It may block.
    package static func free(at folder: URL) -> Int? {
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else { return nil }
        let (bytes, isTooMuch) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isTooMuch ? .max : Int(clamping: bytes)
    }
}
