import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct EffectFinishTests {
    @Test(arguments: InboxKind.allCases)
    func `done is shown with its time and attempts`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.retry(at: Sample.time(30), reason: "HTTP 503", mayHaveArrived: false))
            try await inbox.deliver(.done(wrote: []), at: 30)

            let effect = try #require(try await inbox.job(of: id).effects.first)
            #expect(effect.state == .done)
            #expect(effect.attempts == 2)
            #expect(effect.endedAt == Sample.time(31))
            #expect(effect.reason == nil)
            #expect(try await inbox.nextEffectDue() == nil)
            #expect(try await inbox.claimEffects(at: 1_000_000).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases, [true, false])
    func `a failed attempt waits under the same key and remembers whether it may have arrived`(
        _ kind: InboxKind, mayHaveArrived: Bool
    ) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            let first = try await inbox.deliver(
                .retry(at: Sample.time(30), reason: "HTTP 503", mayHaveArrived: mayHaveArrived))

            let effect = try #require(try await inbox.job(of: id).effects.first)
            #expect(effect.state == .planned)
            #expect(effect.due == Sample.time(30))
            #expect(effect.reason == "HTTP 503")
            #expect(effect.attempts == 1)
            #expect(try await inbox.nextEffectDue() == Sample.time(30))
            #expect(try await inbox.claimEffects(at: 29).isEmpty)
            let second = try await inbox.claimEffect(at: 30)
            #expect(second.key == first.key)
            #expect(second.attempt == 2)
            #expect(second.isUncertain == mayHaveArrived)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what was not sent is ready again and counts no attempt`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.notSent(until: nil, reason: nil))

            let claim = try await inbox.claimEffect()
            #expect(claim.attempt == 1)
            #expect(!claim.isUncertain)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what was not sent can wait, and stays as uncertain as it was`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.retry(at: Sample.time(30), reason: "no answer", mayHaveArrived: true))
            try await inbox.deliver(.notSent(until: Sample.time(60), reason: "no key"), at: 30)

            #expect(try await inbox.effects(EffectFilter()).map(\.reason) == ["no key"])
            #expect(try await inbox.claimEffects(at: 59).isEmpty)
            let claim = try await inbox.claimEffect(at: 60)
            #expect(claim.attempt == 2)
            #expect(claim.isUncertain)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `failed and unknown say why and do not move by themselves`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)], "w1")
            _ = try await inbox.plan([Sample.post(2)], "w2")
            try await inbox.deliver(.failed(reason: "refused with 422"))
            try await inbox.deliver(.unknown(reason: "no answer"))

            let effects = try await inbox.effects(EffectFilter())
            #expect(effects.map(\.state) == [.unknown, .failed])
            #expect(effects.map(\.reason) == ["no answer", "refused with 422"])
            #expect(effects.map(\.endedAt) == [Sample.time(11), Sample.time(11)])
            #expect(try await inbox.claimEffects(at: 1_000_000).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what was written last is known, for its shop, resource and time`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let shop = try #require(Shop(domain: "lobby.myshopify.com"))
            let other = try #require(Shop(domain: "annex.myshopify.com"))
            let write = { (field: String, byte: UInt8) in
                FieldWrite(resource: "Order/1", field: field, digest: Data(repeating: byte, count: 32))
            }
            _ = try await inbox.plan([Sample.post(1), Sample.post(2)])
            try await inbox.deliver(.done(wrote: [write("tags", 1), write("note", 2)]), at: 10)
            try await inbox.deliver(.done(wrote: [write("tags", 3)]), at: 20)

            let last = try await inbox.lastWrites(to: "Order/1", in: shop, since: Sample.start)
            #expect(last == ["tags": Data(repeating: 3, count: 32), "note": Data(repeating: 2, count: 32)])
            let recent = try await inbox.lastWrites(to: "Order/1", in: shop, since: Sample.time(15))
            #expect(recent.keys.sorted() == ["tags"])
            #expect(try await inbox.lastWrites(to: "Order/2", in: shop, since: Sample.start).isEmpty)
            #expect(try await inbox.lastWrites(to: "Order/1", in: other, since: Sample.start).isEmpty)
        }
    }
}
