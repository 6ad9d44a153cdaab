import InboxCore
import Testing

@testable import InboxSQLite

/// A row that cannot be read is no failure of the storage: trying again does not help.
@Suite(.timeLimit(.minutes(5))) struct DamagedRowTests {
    @Test func `neither a write nor a read that meets one is taken for a failure of the storage`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let id = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.done(wrote: []))
            _ = try await inbox.writer.submit(SQLCommand(sql: "UPDATE effects SET kind = 'mail' RETURNING 1"))
            _ = try await inbox.retry(id, handlers: ["orders"])
            let claim = try await inbox.claimOne(at: 100)

            let write = await #expect(throws: InboxError.self) {
                try await inbox.finish(claim, with: Sample.result(.done(effects: [Sample.post(1)])))
            }
            #expect(write?.code == .damaged)
            let read = await #expect(throws: InboxError.self) { try await inbox.detail(of: id) }
            #expect(read?.code == .damaged)
            #expect(read?.message.contains("write") == false)
            #expect(read?.message.contains("kind") == true)
            #expect(inbox.condition == StorageCondition(.working))
            await inbox.close()
        }
    }
}
