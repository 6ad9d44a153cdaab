import Foundation
import GRDB
import Synchronization

@testable import InboxSQLite

/// Stands for a disk that may be full: a database that may not grow by a page.
final class Disk: Sendable {
    private static let noGrowth = "PRAGMA max_page_count = 1"
    private let isFull = Mutex(false)
    /// What is told about the room on it.
    let freeBytes = Mutex(Int.max)
    /// The clock by which it is looked at.
    private let clock = Mutex(ContinuousClock.now)

    func setup(_ folder: URL, options: SQLiteInbox.Options = SQLiteInbox.Options()) -> StoreWriter.Setup {
        var setup = StoreWriter.Setup(folder: folder, options: options) { db in
            if self.isFull.withLock({ $0 }) { try db.execute(sql: Self.noGrowth) }
        }
        setup.freeDisk = { _ in self.freeBytes.withLock { $0 } }
        setup.clock = { self.clock.withLock { $0 } }
        return setup
    }

    /// Changes the room on it, and lets so much time pass that the next write looks.
    func setFree(_ bytes: Int) {
        freeBytes.withLock { $0 = bytes }
        clock.withLock { $0 += Admission.lookInterval }
    }

    /// From now on nothing large is taken.
    func fill(_ inbox: SQLiteInbox) async throws {
        isFull.withLock { $0 = true }
        _ = try await inbox.writer.submit(SQLCommand(sql: Self.noGrowth))
    }

    /// What connections that are opened from now on write is taken again.
    func makeRoom() {
        isFull.withLock { $0 = false }
    }
}
