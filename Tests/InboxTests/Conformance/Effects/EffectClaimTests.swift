import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct EffectClaimTests {
    @Test(arguments: InboxKind.allCases)
    func `a claim has the key, the effect and the shop`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            let claim = try await inbox.claimEffect()

            #expect(claim.key == "\(id)/orders/0")
            #expect(claim.effect == Sample.post(1))
            #expect(claim.shop.domain == "lobby.myshopify.com")
            #expect(claim.attempt == 1)
            #expect(!claim.isUncertain)
            #expect(claim.lease.expiresAt == Sample.time(70))
            #expect(try await inbox.claimEffects().isEmpty)
            #expect(try await inbox.states() == [.sending])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `kinds that nobody delivers stay planned and hold up nothing`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan(Sample.effects + [Sample.post(1)])

            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(1)])
            #expect(try await inbox.states() == [.planned, .planned, .sending])
            #expect(try await inbox.claimEffects(kinds: []).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `the effects of one job go out in their order, whatever their kinds`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let kinds: Set<Effect.Kind> = [.post, .tag]
            _ = try await inbox.plan([Sample.post(1), .tag(.order(1), ["a"]), Sample.post(2)])

            for effect in [Sample.post(1), .tag(.order(1), ["a"]), Sample.post(2)] {
                let claims = try await inbox.claimEffects(kinds: kinds)
                #expect(claims.map(\.effect) == [effect])
                #expect(try await inbox.claimEffects(kinds: kinds).isEmpty)
                let claim = try #require(claims.first)
                #expect(try await inbox.finishEffect(claim, with: EffectResult(.done(wrote: []), at: Sample.time(11))))
            }
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `jobs do not wait for each other`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...3 {
                _ = try await inbox.plan([Sample.post(Int64(number)), Sample.post(-1)], "w\(number)")
            }
            #expect(try await inbox.claimEffects().map(\.effect) == [1, 2, 3].map { Sample.post($0) })
        }
    }

    @Test(arguments: InboxKind.allCases, [EffectResult.Outcome.failed(reason: "no"), .unknown(reason: "no answer")])
    func `one that failed or is unknown stops its own job alone`(
        _ kind: InboxKind, outcome: EffectResult.Outcome
    ) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1), Sample.post(2)])
            try await inbox.deliver(outcome)
            _ = try await inbox.plan([Sample.post(3)], "w2")

            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(3)])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a lane gets no more than it has room for`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...4 { _ = try await inbox.plan([Sample.post(Int64(number))], "w\(number)") }
            _ = try await inbox.plan([Sample.post(9, to: "crm")], "w9")
            let room = [EffectLane(.post, destination: "erp"): 2, EffectLane(.post, destination: "crm"): 0]

            #expect(try await inbox.claimEffects(room: room).map(\.effect) == [Sample.post(1), Sample.post(2)])
            #expect(try await inbox.claimEffects(room: [:]).count == 3)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a long lane does not keep a short one waiting`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...20 { _ = try await inbox.plan([Sample.post(Int64(number))], "w\(number)") }
            _ = try await inbox.plan([Sample.post(99, to: "zoo")], "w99")

            var claimed: [Effect] = []
            for _ in 1...3 { claimed += try await inbox.claimEffects(1).map(\.effect) }
            #expect(claimed.count == 3)
            #expect(claimed.contains(Sample.post(99, to: "zoo")))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `claims made at once never get the same effect`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 0..<40 { _ = try await inbox.plan([Sample.post(Int64(number))], "w\(number)") }
            let claims = try await withThrowingTaskGroup(of: [EffectClaim].self) { group in
                for _ in 0..<30 { group.addTask { try await inbox.claimEffects(3) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.count == 40)
            #expect(Set(claims.map(\.key)).count == 40)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a lease that ran out leaves it open whether it was sent`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)])
            let lost = try await inbox.claimEffect(at: 10, leaseFor: .seconds(5))
            #expect(try await inbox.nextEffectDue() == Sample.time(15))
            #expect(try await inbox.claimEffects(at: 14).isEmpty)

            let again = try await inbox.claimEffect(at: 15)
            #expect(again.key == lost.key)
            #expect(again.isUncertain)
            #expect(again.attempt == 1)
            #expect(try await inbox.extendEffect(lost, until: Sample.time(99)) == false)
            let late = EffectResult(.done(wrote: []), at: Sample.time(16))
            #expect(try await inbox.finishEffect(lost, with: late) == false)
            #expect(try await inbox.states() == [.sending])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a lease can be extended`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)])
            let claim = try await inbox.claimEffect(at: 10, leaseFor: .seconds(5))

            #expect(try await inbox.extendEffect(claim, until: Sample.time(100)))
            #expect(try await inbox.claimEffects(at: 50).isEmpty)
            #expect(try await inbox.finishEffect(claim, with: EffectResult(.done(wrote: []), at: Sample.time(51))))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `planning, finishing and deciding are signalled`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            var changes = inbox.effectChanges.makeAsyncIterator()
            let id = try await inbox.plan([Sample.post(1)])
            #expect(await changes.next() != nil)
            try await inbox.deliver(.failed(reason: "no"))
            #expect(await changes.next() != nil)
            try await inbox.decide(.retry, onEffect: "\(id)/orders/0", at: Sample.time(20))
            #expect(await changes.next() != nil)
        }
    }
}
