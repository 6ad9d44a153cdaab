import Cryptography
import Foundation
import GRDB

extension StoreWriter {
    /// Where the database is, and what it runs with. Tests have clocks, disks and file systems of their own.
    struct Setup: Sendable {
        var folder: URL
        var options: SQLiteInbox.Options
        var schema = Schema.current
        /// Seal what customers and models wrote.
        var keys = StorageKeys.none
        /// The name of one of SQLite's file systems; `nil` for the usual one. Tests have one that loses power.
        var fileSystem: String?
        /// Run on every new writing connection, after everything else.
        var prepare: @Sendable (Database) throws -> Void = { _ in }
        /// Room on the disk with the folder, in bytes.
        var freeDisk: @Sendable (URL) -> Int? = { DiskSpace.free(at: $0) }
        /// The clock, for what nobody hands in.
        var now: @Sendable () -> Date = { Date() }
        /// The clock that runs evenly, for how long the disk takes.
        var clock: @Sendable () -> ContinuousClock.Instant = { .now }

        /// How SQLite is told to open a file.
        func location(of file: URL) -> String {
            fileSystem.map { "\(file.absoluteString)?vfs=\($0)" } ?? file.path
        }
    }
}
