import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct DurabilityTests {
    @Test(arguments: [
        ("PRAGMA synchronous", 2), ("PRAGMA secure_delete", 1), ("PRAGMA foreign_keys", 1),
        ("PRAGMA wal_autocheckpoint", 0),
    ])
    func theWritingConnectionIsSetUp(sql: String, value: Int) async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            #expect(try await inbox.writer.submit(SQLCommand(sql: sql)) == value)
            await inbox.close()
        }
    }

    @Test func readersCannotWrite() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let error = await #expect(throws: DatabaseError.self) {
                try await inbox.readers.read { try $0.execute(sql: "DELETE FROM jobs") }
            }
            #expect(error?.resultCode == .SQLITE_READONLY)
            await inbox.close()
        }
    }

    /// The log's file never shrinks while it is in use, so its size shows that checkpoints let it be used again.
    @Test func checkpointsKeepTheLogSmall() async throws {
        try await withTemporaryFolder { folder in
            let options = SQLiteInbox.Options(batchSize: 1, checkpointPages: 20)
            let inbox = try await SQLiteInbox.open(folder: folder, options: options, logger: .quiet)
            for number in 0..<200 { _ = try await inbox.store(Sample.delivery("w\(number)")) }
            let log = try FileManager.default.attributesOfItem(
                atPath: folder.appending(path: "bellhop.sqlite-wal").path)
            // Without checkpoints, 200 commits of at least 8 pages make 6 MiB.
            #expect(try #require(log[.size] as? Int) < 1 << 20)
            await inbox.close()
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                    == ["bellhop.lock", "bellhop.sqlite"])
        }
    }
}
