import Cryptography
import Foundation
import GRDB
import InboxCore

/// Tells failures of the storage from failures of one write, and those that pass from those that stay.
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
        case SealError.missingKey(let id):
            InboxError(
                .conflict,
                "it is sealed with the storage key \(id), which is missing; add the key to BELLHOP_STORAGE_KEY")
        case let error as DatabaseError:
            InboxError(
                .storage, "\(words(for: error)) (SQLite's error \(error.extendedResultCode.rawValue))", cause: error)
        default:
            InboxError(.storage, "the storage failed", cause: error)
        }
    }

    /// The error of one write or read as its caller sees it. What the connection is not to blame for fails again in the
    /// same way.
    static func describe(ofOne error: any Error) -> InboxError {
        switch error {
        case _ where isOfConnection(error), SealError.missingKey: describe(error)
        case let error as DamagedRow:
            InboxError(.damaged, "\(error); the storage works, and trying again does not help", cause: error)
        case let error as UnstorableEffect: InboxError(.damaged, error.description, cause: error)
        case let error as DatabaseError:
            InboxError(
                .damaged,
                "SQLite refuses this (its error \(error.extendedResultCode.rawValue)); the storage works, and trying "
                    + "again does not help", cause: error)
        default:
            InboxError(
                .damaged,
                "something does not have the form in which it is stored; the storage works, and trying again does not "
                    + "help", cause: error)
        }
    }

    /// Whether what kept the storage from being opened may go away without anybody touching Bellhop: a disk that is
    /// full, may not be written to or reports errors, too many open files, or somebody else who has the storage open.
    static func mayPass(_ error: InboxError) -> Bool {
        if error.code == .locked { return true }
        guard error.code == .storage, let cause = error.cause else { return false }
        if let cause = cause as? DatabaseError { return passing.contains(cause.resultCode) }
        return POSIXErrorCode(beneath: cause).map { passingInSystem.contains($0) } ?? false
    }

    /// Who may write is known before SQLite is asked, so none of these is about permissions; see `DataFolder`.
    private static let passing: [ResultCode] = [
        .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_BUSY, .SQLITE_LOCKED,
        .SQLITE_PROTOCOL, .SQLITE_NOMEM,
    ]

    private static let passingInSystem: Set<POSIXErrorCode> = [
        .ENOSPC, .EDQUOT, .EROFS, .EIO, .EMFILE, .ENFILE, .ENOMEM, .ESTALE,
    ]

    /// What is wrong, and what to do about it.
    private static func words(for error: DatabaseError) -> String {
        switch error.resultCode {
        case .SQLITE_FULL: "the disk is full; make room on the disk that holds the data folder"
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            "the data folder cannot be written to; is the file system mounted read-only, or does somebody else own it?"
        case .SQLITE_IOERR, .SQLITE_NOLFS:
            "the disk reports an error; look into the system's log about the disk that holds the data folder"
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            "another program has the database open and writes to it; stop that program"
        case .SQLITE_CANTOPEN: "the database cannot be opened; is the data folder still there, and is it ours?"
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            "the database is damaged; stop the server, and restore the data folder from a backup"
        case .SQLITE_NOMEM: "there is no memory left"
        default: "SQLite reports an error; check the disk that holds the data folder"
        }
    }
}
