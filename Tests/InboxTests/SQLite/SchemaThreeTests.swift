import Foundation
import GRDB
import InboxCore
import Testing
import Vocabulary

@testable import InboxSQLite

/// A database of version two, with jobs in every state, brought up to date.
@Suite(.timeLimit(.minutes(5)))
struct SchemaThreeTests {
    private static let rows = """
        UPDATE meta SET value = 41 WHERE key = 'epoch';
        UPDATE meta SET value = 7 WHERE key = 'deliveries';
        UPDATE meta SET value = 2 WHERE key = 'dead';
        UPDATE meta SET value = 1 WHERE key = 'done';
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7)
        INSERT INTO deliveries SELECT i, randomblob(16), 'shopify', 'lobby.myshopify.com', 'orders/create', 'w' || i, NULL,
          NULL, NULL, 1800000000000000, zeroblob(32), 8, 0 FROM n;
        INSERT INTO bodies SELECT seq, '', 'raw', CAST('{"id":1}' AS BLOB) FROM deliveries;
        INSERT INTO jobs VALUES
          (1, 1, 'a', 'running', 1800000060000000, NULL, 1, 41, 0, 0),
          (2, 2, 'a', 'ready', NULL, NULL, NULL, NULL, 1, 5),
          (3, 3, 'a', 'waiting', 1800000900000000, 'timeout', NULL, NULL, 2, 7),
          (4, 4, '', 'held', NULL, 'no handler is bound to this topic', NULL, NULL, 0, 0),
          (9, 7, 'a', 'ready', NULL, NULL, NULL, NULL, 0, 0);
        DELETE FROM jobs WHERE id = 9;
        INSERT INTO outcomes VALUES
          (5, 5, 'a', 'done', NULL, 1, 11, 1800000000000000, 1800000001000000),
          (6, 6, 'a', 'dead', 'no', 8, 13, 1800000000000000, 1800000002000000),
          (9, 7, 'b', 'dead', 'no', 8, 17, 1800000000000000, 1800000003000000);
        """

    private func withInbox(_ body: (SQLiteInbox) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            // The folder is locked until the value is gone.
            try makeSecondVersion(in: folder)
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            try await body(inbox)
            await inbox.close()
        }
    }

    private func makeSecondVersion(in folder: URL) throws {
        let data = try DataFolder(opening: folder)
        let database = try DatabaseQueue(path: data.database.path)
        try Schema(versions: [.one, .two]).migrate(database, in: data)
        try database.write { try $0.execute(sql: Self.rows) }
        try database.close()
    }

    @Test func everyJobIsThereAsItWas() async throws {
        try await withInbox { inbox in
            let events = try await inbox.list(EventFilter())
            #expect(events.map(\.webhookID) == ["w7", "w6", "w5", "w4", "w3", "w2", "w1"])
            #expect(events.map(\.state) == [.dead, .dead, .done, .held, .waiting, .ready, .ready])
            #expect(events.map(\.attempts) == [8, 8, 1, 0, 2, 1, 0])
            #expect(events.map(\.cost.nanos) == [17, 13, 11, 0, 7, 5, 0])
            // What ran when the process ended has crashed once.
            #expect(events.map(\.crashes) == [0, 0, 0, 0, 0, 0, 1])
            #expect(events.allSatisfy { !$0.isBehind && $0.waits == 0 })
            #expect(
                try await inbox.counts().jobs == [.dead: 2, .done: 1, .held: 1, .waiting: 1, .ready: 2])
        }
    }

    @Test func newJobsGetIdsThatNoneHad() async throws {
        try await withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("new"))
            let id = try await inbox.writer.submit(SQLCommand(sql: "SELECT max(id) FROM jobs"))
            #expect(id == 10)
            for claim in try await inbox.claim() {
                #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))))
            }
        }
    }

    @Test func whatDiedBeforeIsFoundInAGroup() async throws {
        try await withInbox { inbox in
            let groups = try await inbox.deadGroups(limit: 9)
            #expect(Set(groups.map(\.handlerID)) == ["a", "b"])
            #expect(Set(groups.map(\.fingerprint)).count == 2)
            for group in groups {
                let fingerprint = ErrorFingerprint(text: group.fingerprint)
                #expect(try await inbox.retry(group: fingerprint, failedBy: .distantFuture, limit: 9) == 1)
            }
        }
    }

    @Test func theRestOfTheDatabaseRefersToWhatIsThere() async throws {
        try await withInbox { inbox in
            let broken = try await inbox.writer.submit(SQLCommand(sql: "PRAGMA foreign_key_check"))
            #expect(broken == nil)
            let isSound = try await inbox.writer.submit(
                SQLCommand(sql: "SELECT quick_check = 'ok' FROM pragma_quick_check"))
            #expect(isSound == 1)
        }
    }
}
