import Cryptography
import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// That everything is sealed with the newest key is said only while it is true.
@Suite(.timeLimit(.minutes(5))) struct ResealTests {
    private let a: StorageKey
    private let b: StorageKey

    init() throws {
        a = try StorageKey(bytes: Data(0..<32))
        b = try StorageKey(bytes: Data(1..<33))
    }

    private func withStart(
        _ folder: URL, keys: [StorageKey] = [], _ body: (SQLiteInbox) async throws -> Void
    ) async throws {
        let inbox = try await SQLiteInbox.open(folder: folder, keys: StorageKeys(keys), logger: .quiet)
        try await body(inbox)
        await inbox.close()
    }

    private func sealEverything(_ inbox: SQLiteInbox) async throws {
        while try await inbox.resealNext() {}
        #expect(try await inbox.overview(limit: 1).isSealed)
    }

    @Test func `what a start without the key stored is sealed by the next with it`() async throws {
        try await withTemporaryFolder { folder in
            try await withStart(folder, keys: [a]) { inbox in
                _ = try await inbox.store(Sample.delivery("w1"))
                try await sealEverything(inbox)
            }
            try await withStart(folder) { _ = try await $0.store(Sample.delivery("w2")) }
            try await withStart(folder, keys: [a]) { inbox in
                #expect(try await !inbox.overview(limit: 1).isSealed)
                try await sealEverything(inbox)
                let open = "SELECT count(*) FROM bodies WHERE encoding NOT LIKE '%+sealed'"
                #expect(try await inbox.writer.submit(SQLCommand(sql: open)) == 0)
            }
        }
    }

    @Test(arguments: 0...2)
    func `after a rotation that is taken back the other key is not needed`(steps: Int) async throws {
        try await withTemporaryFolder { folder in
            try await withStart(folder, keys: [a]) { inbox in
                _ = try await inbox.store(Sample.delivery("w1"))
                try await sealEverything(inbox)
            }
            try await withStart(folder, keys: [b, a]) { inbox in
                _ = try await inbox.store(Sample.delivery("w2"))
                for _ in 0..<steps { _ = try await inbox.resealNext() }
            }
            try await withStart(folder, keys: [a, b]) { inbox in
                #expect(try await !inbox.overview(limit: 1).isSealed)
                try await sealEverything(inbox)
            }
            try await withStart(folder, keys: [a]) { inbox in
                let claims = try await inbox.claim()
                #expect(claims.count == 2)
            }
        }
    }

    @Test func `a walk that stood still during a start with another key begins anew`() async throws {
        try await withTemporaryFolder { folder in
            var id = ""
            try await withStart(folder) { inbox in
                id = try await inbox.plan([], "w1")
                _ = try await inbox.plan([Sample.post(2)], "w2")
            }
            try await withStart(folder, keys: [a]) { inbox in
                // The payloads, then the effects; not to the end.
                for _ in 0..<2 {
                    let isMore = try await inbox.resealNext()
                    #expect(isMore)
                }
            }
            try await withStart(folder, keys: [b, a]) { inbox in
                _ = try await inbox.retry(id, handlers: ["orders"])
                try await inbox.run(.done(effects: [Sample.post(1)]))
            }
            try await withStart(folder, keys: [a, b]) { try await sealEverything($0) }
            try await withStart(folder, keys: [a]) { inbox in
                let effects = try await inbox.claimEffects().map(\.effect)
                #expect(Set(effects) == [Sample.post(1), Sample.post(2)])
            }
        }
    }
}
