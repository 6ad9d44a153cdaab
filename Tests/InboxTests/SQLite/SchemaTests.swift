import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct SchemaTests {
    /// What a later Bellhop might bring.
    private static let next = Schema(
        versions: Schema.current.versions + [
            Schema.Version(number: 99, sql: "ALTER TABLE deliveries ADD COLUMN note TEXT")
        ])

    private func open(_ folder: URL, _ schema: Schema = .current) async throws -> SQLiteInbox {
        try await SQLiteInbox.open(
            StoreWriter.Setup(folder: folder, options: SQLiteInbox.Options(), schema: schema), logger: .quiet)
    }

    private func backups(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("before") }
    }

    @Test func aNewerSchemaIsRefusedAndLeftAlone() async throws {
        try await withTemporaryFolder { folder in
            let newer = try await open(folder, Self.next)
            _ = try await newer.store(Sample.delivery("w1"))
            await newer.close()

            let error = await #expect(throws: InboxError.self) { try await open(folder) }
            #expect(error?.code == .newerSchema)
            let again = try await open(folder, Self.next)
            #expect(try await again.claimOne().lease.epoch == 2)
            await again.close()
        }
    }

    @Test func anOlderDatabaseIsBackedUpAndBroughtUpToDate() async throws {
        try await withTemporaryFolder { folder in
            let older = try await open(folder)
            _ = try await older.store(Sample.delivery("w1"))
            await older.close()
            #expect(try backups(in: folder).isEmpty)

            let newer = try await open(folder, Self.next)
            _ = try await newer.store(Sample.delivery("w2"))
            #expect(try await newer.counts().deliveries == 2)
            await newer.close()
            #expect(try backups(in: folder) == ["bellhop-before-schema-99.sqlite"])

            // The way back: the backup is a database of the older version.
            try await withTemporaryFolder { restored in
                try FileManager.default.createDirectory(at: restored, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    at: folder.appending(path: "bellhop-before-schema-99.sqlite"),
                    to: restored.appending(path: "bellhop.sqlite"))
                let inbox = try await open(restored)
                #expect(try await inbox.claim().map(\.delivery.webhookID) == ["w1"])
                await inbox.close()
            }
        }
    }

    @Test func aBackupIsForItsOwnerAlone() async throws {
        try await withTemporaryFolder { folder in
            await (try open(folder)).close()
            await (try open(folder, Self.next)).close()
            let path = folder.appending(path: "bellhop-before-schema-99.sqlite").path
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func aFailedMigrationChangesNothing() async throws {
        try await withTemporaryFolder { folder in
            let older = try await open(folder)
            _ = try await older.store(Sample.delivery("w1"))
            await older.close()
            let broken = Schema(
                versions: Schema.current.versions + [
                    Schema.Version(number: 99, sql: "DELETE FROM jobs; SELECT * FROM nothing")
                ])
            for _ in 1...2 {
                let error = await #expect(throws: InboxError.self) { try await open(folder, broken) }
                #expect(error?.code == .storage)
            }
            let again = try await open(folder)
            #expect(try await again.claim().count == 1)
            await again.close()
        }
    }

    @Test func aDatabaseOfTheFirstVersionKeepsItsDataAndGetsALedger() async throws {
        try await withTemporaryFolder { folder in
            try makeFirstVersion(in: folder)
            let inbox = try await open(folder)
            #expect(try backups(in: folder) == ["bellhop-before-schema-2.sqlite"])
            let claim = try await inbox.claimOne()
            #expect(claim.delivery.webhookID == "w1")
            #expect(claim.delivery.body == Data(#"{"id":1}"#.utf8))
            #expect(claim.lease.epoch == 42)
            #expect(try await inbox.counts().deliveries == 1)
            #expect(try await inbox.ledger.unknownCosts(limit: 1).isEmpty)
            await inbox.close()
        }
    }

    /// Writes a database as the first version left it: one delivery, a running job, 41 starts.
    private func makeFirstVersion(in folder: URL) throws {
        let data = try DataFolder(opening: folder)
        let database = try DatabaseQueue(path: data.database.path)
        try Schema(versions: [.one]).migrate(database, in: data)
        try database.write { db in
            try db.execute(
                sql: """
                    UPDATE meta SET value = 41 WHERE key = 'epoch';
                    UPDATE meta SET value = 1 WHERE key = 'deliveries';
                    INSERT INTO deliveries VALUES
                      (1, randomblob(16), 'shopify', 'lobby.myshopify.com', 'orders/create', 'w1', NULL, NULL, NULL,
                       1800000000000000, zeroblob(32), 8, 0);
                    INSERT INTO bodies VALUES (1, '', 'raw', CAST('{"id":1}' AS BLOB));
                    INSERT INTO jobs VALUES (1, 1, 'orders', 'running', 1800000060000000, NULL, 1, 41, 0, 0);
                    """)
        }
        try database.close()
    }

    @Test func `a copy that has no room is not begun, and is made when there is some`() async throws {
        try await withTemporaryFolder { folder in
            try makeFirstVersion(in: folder)
            var setup = StoreWriter.Setup(folder: folder, options: SQLiteInbox.Options())
            setup.freeDisk = { _ in 8192 }
            let full = setup
            let error = await #expect(throws: InboxError.self) {
                _ = try await SQLiteInbox.open(full, logger: .quiet)
            }
            let mayPass = error.map { SQLiteInbox.mayPass($0) }
            #expect(mayPass == true, "\(String(describing: error))")
            #expect(try backups(in: folder) == [])
            let inbox = try await open(folder)
            #expect(try backups(in: folder) == ["bellhop-before-schema-2.sqlite"])
            await inbox.close()
        }
    }
}
