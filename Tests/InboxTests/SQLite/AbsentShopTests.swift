import Bellhop
import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// Effects of a shop that has removed the app: they wait, and cost those of the others nothing.
@Suite(.timeLimit(.minutes(5))) struct AbsentShopTests {
    private let gone = "annex.myshopify.com"
    private let backlog = 2500

    /// Planned posts of a shop, which goes after that, and then one of another shop.
    private func fill(_ inbox: SQLiteInbox) async throws {
        _ = try await inbox.store(Sample.delivery("w1", shop: gone))
        try await inbox.run(.done(effects: [Sample.post(1)]))
        let sql = """
            WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < \(98 + backlog))
            INSERT INTO effects (job, delivery, handler, position, key, kind, lane, effect, planned_at, state)
            SELECT n.i, delivery, handler, 0, n.i, kind, lane, effect, planned_at, state FROM n, effects RETURNING 1
            """
        #expect(try await inbox.writer.submit(SQLCommand(sql: sql)) == 1)
        let id = try await inbox.store(
            Sample.delivery("w2", shop: gone, topic: "app/uninstalled"), handlers: [], holdReason: "uninstalled")
        _ = try await inbox.uninstall(try #require(Shop(domain: gone)), at: Sample.time(-10), deliveryID: id)
        _ = try await inbox.plan([Sample.post(2)], "w3")
    }

    private func inLine(_ inbox: SQLiteInbox) async throws -> Int? {
        try await inbox.writer.submit(
            SQLCommand(
                sql: "SELECT count(*) FROM effects WHERE state = 'planned' AND due_at IS NULL AND waits_turn = 0"))
    }

    @Test func `a claim finds another shop's behind them, and never looks at them again`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            try await fill(inbox)
            #expect(try await inLine(inbox) == backlog + 1)
            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(2)])
            #expect(try await inLine(inbox) == 0)
            #expect(try await inbox.claimEffects().isEmpty)
            await inbox.close()
        }
    }

    @Test func `they go out when the shop is back`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            try await fill(inbox)
            _ = try await inbox.claimEffects()
            #expect(try await inbox.claimEffects().isEmpty)
            _ = try await inbox.store(Sample.delivery("w4", shop: gone))
            #expect(try await inbox.claimEffects(10).map(\.shop.domain) == Array(repeating: gone, count: 10))
            #expect(try await inLine(inbox) == backlog - 10)
            await inbox.close()
        }
    }
}
