import Bellhop
import Foundation
import InboxCore
import Testing

/// What becomes of effects when their event runs again.
@Suite(.timeLimit(.minutes(5))) struct EffectReplanTests {
    /// Runs the event again, with other effects.
    private func rerun(_ id: String, wanting effects: [Effect], in inbox: any Inbox) async throws {
        #expect(try await inbox.retry(id, handlers: ["orders"]) == 1)
        try await inbox.run(.done(effects: effects), at: 100)
    }

    @Test(arguments: InboxKind.allCases)
    func `what happened or may have happened is not planned again`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1), Sample.post(2)])
            try await inbox.deliver(.done(wrote: []))
            try await inbox.deliver(.unknown(reason: "no answer"))
            try await rerun(id, wanting: [Sample.post(1), Sample.post(2), Sample.post(3)], in: inbox)

            let effects = try await inbox.job(of: id).effects
            #expect(effects.map(\.key) == (0...2).map { "\(id)/orders/\($0)" })
            #expect(effects.map(\.state) == [.done, .unknown, .planned])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what is under way stays`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            let claim = try await inbox.claimEffect()
            try await rerun(id, wanting: [Sample.post(1)], in: inbox)

            #expect(try await inbox.states() == [.sending])
            #expect(try await inbox.finishEffect(claim, with: EffectResult(.done(wrote: []), at: Sample.time(12))))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `one that failed is planned anew, under a new key`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            try await inbox.deliver(.failed(reason: "refused with 422"))
            try await rerun(id, wanting: [Sample.post(1)], in: inbox)

            let effects = try await inbox.job(of: id).effects
            #expect(effects.map(\.state) == [.dropped, .planned])
            #expect(try await inbox.claimEffect().key == "\(id)/orders/1")
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `one that waits and is wanted again keeps its key; another takes a new one`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1), Sample.post(2)])
            try await inbox.deliver(.retry(at: Sample.time(500), reason: "no answer", mayHaveArrived: true))
            try await rerun(id, wanting: [Sample.post(1), Sample.post(3)], in: inbox)

            let effects = try await inbox.job(of: id).effects
            #expect(effects.map(\.state) == [.planned, .dropped, .planned])
            #expect(effects.map(\.effect) == [Sample.post(1), Sample.post(2), Sample.post(3)])
            let claim = try await inbox.claimEffect(at: 500)
            #expect(claim.key == "\(id)/orders/0")
            #expect(claim.isUncertain)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `one that stays is let go when what held it up is given up`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1), Sample.post(2)])
            try await inbox.deliver(.failed(reason: "refused with 422"))
            #expect(try await inbox.claimEffects().isEmpty)
            try await rerun(id, wanting: [Sample.post(2)], in: inbox)

            #expect(try await inbox.claimEffects().map(\.key) == ["\(id)/orders/1"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `two equal effects are two`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1), Sample.post(1)])
            try await inbox.deliver(.done(wrote: []))
            try await inbox.deliver(.done(wrote: []))
            try await rerun(id, wanting: [Sample.post(1), Sample.post(1), Sample.post(1)], in: inbox)

            #expect(try await inbox.states() == [.done, .done, .planned])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a run that fails leaves the effects of an earlier one alone`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.plan([Sample.post(1)])
            _ = try await inbox.retry(id, handlers: ["orders"])
            try await inbox.run(.dead(reason: "no model answered"), at: 100)

            #expect(try await inbox.claimEffects().map(\.effect) == [Sample.post(1)])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a number that could be written in another way is the same number`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let effect = Effect.post(Effect.Post(to: "erp", ["total": .number(3)]))
            let id = try await inbox.plan([effect])
            try await inbox.deliver(.done(wrote: []))
            try await rerun(id, wanting: [effect], in: inbox)

            #expect(try await inbox.states() == [.done])
        }
    }
}
