import Bellhop
import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5))) struct EffectDurabilityTests {
    @Test func `what was under way when the process ended is uncertain, under the same key`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await first.plan([Sample.post(1), Sample.post(2)])
            let lost = try await first.claimEffect()
            #expect(try await first.claimEffects().isEmpty)
            await first.close()

            let second = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let claim = try await second.claimEffect()
            #expect(claim.key == lost.key)
            #expect(claim.isUncertain)
            #expect(
                try await second.finishEffect(lost, with: EffectResult(.done(wrote: []), at: Sample.time(1))) == false)
            #expect(try await second.finishEffect(claim, with: EffectResult(.done(wrote: []), at: Sample.time(1))))
            #expect(try await second.claimEffects().map(\.effect) == [Sample.post(2)])
            await second.close()
        }
    }

    @Test func `an effect that cannot be read fails and keeps nobody from theirs`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.plan([Sample.post(1)], "w1")
            _ = try await inbox.plan([Sample.post(2)], "w2")
            _ = try await inbox.writer.submit(SQLCommand(sql: "UPDATE effects SET effect = '{' WHERE id = 1"))

            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(2)])
            let damaged = try #require(try await inbox.effects(EffectFilter(states: [.failed])).first)
            #expect(damaged.reason == "what is stored of it is damaged")
            await inbox.close()
        }
    }

    @Test func `effects planned by an older version are taken over`() async throws {
        try await withTemporaryFolder { folder in
            try makeSecondVersion(in: folder)
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let claims = try await inbox.claimEffects()
            #expect(claims.map(\.effect) == [Sample.post(7)])
            #expect(claims.map(\.key) == ["01890a5d-ac96-774b-bcce-b302099a8057/orders/1"])
            #expect(try await inbox.effects(EffectFilter()).map(\.lane.text) == ["post:erp", "tag"])
            await inbox.close()
        }
    }

    @Test func `what was written long ago is forgotten, a bounded number at once`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let day = FieldWrite.memory / .seconds(1)
            let old = (0..<150).map { FieldWrite(resource: "Order/\($0)", field: "tags", digest: Data([1])) }
            let new = FieldWrite(resource: "Order/new", field: "tags", digest: Data([2]))
            _ = try await inbox.plan([Sample.post(1), Sample.post(2), Sample.post(3)])
            var counts: [Int?] = []
            for (wrote, seconds) in [(old, 10.0), ([new], day + 20), ([new], day + 30)] {
                try await inbox.deliver(.done(wrote: wrote), at: seconds)
                counts.append(try await inbox.writer.submit(SQLCommand(sql: "SELECT count(*) FROM writes")))
            }
            #expect(counts == [150, 51, 1])
            await inbox.close()
        }
    }

    /// Writes a database as the second version left it: a finished job with two planned effects.
    private func makeSecondVersion(in folder: URL) throws {
        let data = try DataFolder(opening: folder)
        let database = try DatabaseQueue(path: data.database.path)
        try Schema(versions: [.one, .two]).migrate(database, in: data)
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO deliveries (seq, id, sender, shop, topic, webhook_id, received_at, body_hash, body_bytes)
                      VALUES (1, x'01890a5dac96774bbcceb302099a8057', 'shopify', 'lobby.myshopify.com', 'orders/create',
                        'w1', 0, x'00', 0);
                    INSERT INTO outcomes (job, delivery, handler, state, attempts, cost, started_at, finished_at)
                      VALUES (5, 1, 'orders', 'done', 1, 0, 0, 9);
                    INSERT INTO effects (job, position, key, effect, state) VALUES
                      (5, 0, '01890a5d-ac96-774b-bcce-b302099a8057/orders/0',
                        '{"kind":"tag","resource":"gid://shopify/Order/1","tags":["a"]}', 'planned'),
                      (5, 1, '01890a5d-ac96-774b-bcce-b302099a8057/orders/1',
                        '{"body":{"number":7},"destination":"erp","kind":"post"}', 'planned'),
                      (6, 0, 'orphan', '{"kind":"tag"}', 'planned');
                    """)
        }
        try database.close()
    }
}
