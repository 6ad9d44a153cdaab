import GRDB
import InboxCore

/// Tells failures of the storage from failures of one write.
enum StorageFailure {
    /// Whether the connection cannot be trusted after the error: every write of the batch failed, and it is reopened.
    static func isOfConnection(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return error is InboxError }
        switch error.resultCode {
        case .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY, .SQLITE_CANTOPEN,
            .SQLITE_PERM, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM, .SQLITE_PROTOCOL, .SQLITE_MISUSE,
            .SQLITE_INTERNAL, .SQLITE_NOLFS, .SQLITE_AUTH:
            return true
        default:
            return false
        }
    }

    /// The error as callers see it: without SQL and without values.
    static func describe(_ error: any Error) -> InboxError {
        switch error {
        case let error as InboxError:
            error
        case let error as DatabaseError:
            InboxError(
                .storage,
                "SQLite reports error \(error.extendedResultCode.rawValue) (\(error.message ?? "no message")); check the "
                    + "disk that holds the data folder",
                cause: error)
        default:
            InboxError(.storage, "the write failed", cause: error)
        }
    }
}
