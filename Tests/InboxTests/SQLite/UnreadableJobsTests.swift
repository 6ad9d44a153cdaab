import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// Jobs that cannot be read stand in nobody's way.
@Suite(.timeLimit(.minutes(5))) struct UnreadableJobsTests {
    private func fill(_ inbox: SQLiteInbox, damaged: Int) async throws {
        for number in 0..<damaged { _ = try await inbox.store(Sample.delivery("damaged\(number)")) }
        _ = try await inbox.writer.submit(SQLCommand(sql: "UPDATE bodies SET encoding = 'lzw' RETURNING 1"))
        for number in 0..<3 { _ = try await inbox.store(Sample.delivery("sound\(number)")) }
    }

    @Test func `a claim finds what can be read behind many that cannot`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            try await fill(inbox, damaged: 41)
            #expect(try await inbox.claim(2).map(\.delivery.webhookID) == ["sound0", "sound1"])
            #expect(try await inbox.counts().jobs == [.held: 41, .running: 2, .ready: 1])
            #expect(try await inbox.claim(2).map(\.delivery.webhookID) == ["sound2"])
            await inbox.close()
        }
    }

    @Test func `one that cannot be held costs the others nothing`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            try await fill(inbox, damaged: 2)
            let sql = """
                CREATE TRIGGER refusal BEFORE UPDATE ON jobs WHEN NEW.state = 'held' AND NEW.id = 1
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """
            _ = try await inbox.writer.submit(SQLCommand(sql: sql))
            #expect(try await inbox.claim(5).count == 3)
            #expect(try await inbox.counts().jobs == [.held: 1, .running: 4])
            await inbox.close()
        }
    }
}
