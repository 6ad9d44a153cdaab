import Bellhop
import Cryptography
import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// Effects that cannot be read, for want of a key or because they are damaged: none happens twice because of that.
@Suite(.timeLimit(.minutes(5))) struct SealedEffectTests {
    private let key: StorageKey

    init() throws {
        key = try StorageKey(bytes: Data(0..<32))
    }

    private func start(_ folder: URL, keys: [StorageKey] = []) async throws -> SQLiteInbox {
        try await SQLiteInbox.open(folder: folder, keys: StorageKeys(keys), logger: .quiet)
    }

    private func damage(_ inbox: SQLiteInbox) async throws {
        let sql = "UPDATE effects SET effect = '{' RETURNING 1"
        #expect(try await inbox.writer.submit(SQLCommand(sql: sql)) == 1)
    }

    @Test func `a key that is missing for a while makes nothing certain and counts as no attempt`() async throws {
        try await withTemporaryFolder { folder in
            var inbox = try await start(folder, keys: [key])
            _ = try await inbox.plan([Sample.post(1)])
            let lost = try await inbox.claimEffect()
            await inbox.close()

            inbox = try await start(folder)
            for hour in 1...3 {
                #expect(try await inbox.claimEffects(at: Double(hour) * 4000).isEmpty)
                let waiting = try #require(try await inbox.effects(EffectFilter(states: [.planned])).first)
                #expect(waiting.attempts == 0)
                #expect(waiting.due == Sample.time(Double(hour) * 4000 + 3600))
                #expect(waiting.reason?.contains("\(key.id)") == true)
            }
            await inbox.close()

            inbox = try await start(folder, keys: [key])
            let claim = try await inbox.claimEffect(at: 20_000)
            #expect(claim.key == lost.key)
            #expect(claim.attempt == 1)
            #expect(claim.isUncertain)
            await inbox.close()
        }
    }

    @Test func `what may have arrived and is damaged is unknown`() async throws {
        try await withTemporaryFolder { folder in
            var inbox = try await start(folder)
            _ = try await inbox.plan([Sample.post(1)])
            _ = try await inbox.claimEffect()
            try await damage(inbox)
            await inbox.close()

            inbox = try await start(folder)
            #expect(try await inbox.claimEffects().isEmpty)
            #expect(try await inbox.states() == [.unknown])
            await inbox.close()
        }
    }

    @Test func `an event that wants effects waits for the key to those that it had`() async throws {
        try await withTemporaryFolder { folder in
            var inbox = try await start(folder)
            let id = try await inbox.store(Sample.delivery("w1"))
            await inbox.close()
            inbox = try await start(folder, keys: [key])
            try await inbox.run(.done(effects: [Sample.post(1)]))
            try await inbox.deliver(.done(wrote: []))
            await inbox.close()

            inbox = try await start(folder)
            #expect(try await inbox.retry(id, handlers: ["orders"]) == 1)
            try await inbox.run(.done(effects: [Sample.post(1)]), calls: [Sample.call(cost: 3)], at: 100)
            #expect(try await inbox.states() == [.done])
            let held = try #require(try await inbox.list(EventFilter(states: [.held])).first)
            #expect(held.reason?.contains("\(key.id)") == true)
            #expect(held.cost == USD(nanos: 3))
            await inbox.close()

            inbox = try await start(folder, keys: [key])
            try await inbox.run(.done(effects: [Sample.post(1)]), at: 200)
            #expect(try await inbox.states() == [.done])
            #expect(try await inbox.counts().jobs == [.done: 1])
            await inbox.close()
        }
    }

    @Test(arguments: [EffectResult.Outcome.done(wrote: []), .unknown(reason: "no answer")])
    func `an event that wants effects is held when one that may have happened is damaged`(
        _ outcome: EffectResult.Outcome
    ) async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await start(folder)
            let id = try await inbox.plan([Sample.post(1)])
            let claim = try await inbox.deliver(outcome)
            try await damage(inbox)
            _ = try await inbox.retry(id, handlers: ["orders"])
            try await inbox.run(.done(effects: [Sample.post(1)]), at: 100)
            #expect(try await inbox.counts().jobs == [.held: 1])
            #expect(try await inbox.claimEffects(at: 100_000).isEmpty)

            // Without effects there is nothing to repeat.
            _ = try await inbox.retry(id, handlers: ["orders"])
            try await inbox.run(.done(effects: []), at: 200)
            #expect(try await inbox.counts().jobs == [.done: 1])
            #expect(try await inbox.effects(EffectFilter()).map(\.key) == [claim.key])
            await inbox.close()
        }
    }

    @Test func `what cannot have happened is planned anew though it cannot be read`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await start(folder)
            let id = try await inbox.plan([Sample.post(1)])
            try await damage(inbox)
            _ = try await inbox.retry(id, handlers: ["orders"])
            try await inbox.run(.done(effects: [Sample.post(1)]), at: 100)
            #expect(try await inbox.states() == [.dropped, .planned])
            await inbox.close()
        }
    }
}
