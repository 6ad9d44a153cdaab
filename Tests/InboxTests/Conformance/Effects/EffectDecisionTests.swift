import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct EffectDecisionTests {
    @Test(arguments: InboxKind.allCases, [EffectResult.Outcome.failed(reason: "no"), .unknown(reason: "no answer")])
    func `sent again by hand it has the same key and begins anew`(
        _ kind: InboxKind, outcome: EffectResult.Outcome
    ) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([Sample.post(1)])
            let first = try await inbox.deliver(outcome)
            try await inbox.decide(.retry, onEffect: first.key, at: Sample.time(20))

            let claim = try await inbox.claimEffect(at: 20)
            #expect(claim.key == first.key)
            #expect(claim.attempt == 1)
            #expect(!claim.isUncertain)
        }
    }

    @Test(arguments: InboxKind.allCases, [(EffectDecision.done, EffectState.Name.done), (.drop, .dropped)])
    func `marked as done or dropped it lets the next of its job go`(
        _ kind: InboxKind, decided: (decision: EffectDecision, state: EffectState.Name)
    ) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1), Sample.post(2), Sample.post(3)])
            try await inbox.deliver(.unknown(reason: "no answer"))
            #expect(try await inbox.claimEffects().isEmpty)
            let waiting = try #require(try await inbox.effect(under: "\(id)/orders/2"))
            #expect(waiting.behind == "\(id)/orders/0")

            try await inbox.decide(decided.decision, onEffect: "\(id)/orders/0", at: Sample.time(20))
            #expect(try await inbox.states() == [decided.state, .planned, .planned])
            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(2)])
            let detail = try #require(try await inbox.effect(under: "\(id)/orders/0"))
            #expect(detail.summary.endedAt == Sample.time(20))
            #expect(detail.effect == Sample.post(1))
            #expect(detail.behind == nil)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `one that waits for its next attempt can be sent at once`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.retry(at: Sample.time(5000), reason: "HTTP 503", mayHaveArrived: true))
            try await inbox.decide(.retry, onEffect: "\(id)/orders/0", at: Sample.time(20))

            let claim = try await inbox.claimEffect(at: 20)
            #expect(claim.isUncertain)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what makes no sense is refused`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            let key = "\(id)/orders/0"
            func code(_ decision: EffectDecision, _ key: String) async -> InboxError.Code? {
                do {
                    try await inbox.decide(decision, onEffect: key, at: Sample.time(20))
                    return nil
                } catch { return (error as? InboxError)?.code }
            }
            #expect(await code(.retry, key) == .conflict)
            #expect(await code(.drop, "\(id)/orders/1") == .notFound)
            #expect(try await inbox.effect(under: "\(id)/orders/1") == nil)
            let claim = try await inbox.claimEffect()
            for decision in EffectDecision.allCases { #expect(await code(decision, key) == .conflict) }
            #expect(try await inbox.finishEffect(claim, with: EffectResult(.done(wrote: []), at: Sample.time(21))))
            for decision in EffectDecision.allCases { #expect(await code(decision, key) == .conflict) }
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `the list is filtered`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.plan([.tag(.order(1), ["a"]), Sample.post(1)], "w1")
            _ = try await inbox.plan([Sample.post(2, to: "crm")], "w2")
            _ = try await inbox.claimEffects(room: [EffectLane(.post, destination: "crm"): 0])

            func lanes(_ filter: EffectFilter) async throws -> [String] {
                try await inbox.effects(filter).map(\.lane.text)
            }
            #expect(try await lanes(EffectFilter()) == ["post:crm", "post:erp", "tag"])
            #expect(try await lanes(EffectFilter(states: [.sending])) == ["post:erp"])
            #expect(try await lanes(EffectFilter(kind: .tag)) == ["tag"])
            #expect(try await lanes(EffectFilter(destination: "crm")) == ["post:crm"])
            #expect(try await lanes(EffectFilter(shop: Shop(domain: "annex.myshopify.com"))) == [])
            #expect(try await lanes(EffectFilter(limit: 2)) == ["post:crm", "post:erp"])
        }
    }
}
