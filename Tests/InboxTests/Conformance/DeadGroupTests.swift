import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct DeadGroupTests {
    private static let oops = ErrorFingerprint(handlerID: "orders", kind: "threw", detail: "Oops")
    private static let odd = ErrorFingerprint(handlerID: "orders", kind: "undecodable", detail: "id")

    private func fail(
        _ id: String, _ outcome: JobResult.Outcome, _ fingerprint: ErrorFingerprint?, at seconds: Double,
        shop: String = "lobby.myshopify.com", cost: Int64 = 0, in inbox: any Inbox
    ) async throws {
        _ = try await inbox.store(Sample.delivery(id, shop: shop))
        let claim = try await inbox.claimOne(at: seconds)
        let result = Sample.result(
            outcome, calls: [Sample.call(cost: cost)], at: seconds, fingerprint: fingerprint)
        #expect(try await inbox.finish(claim, with: result))
    }

    @Test(arguments: InboxKind.allCases)
    func failuresAreGroupedWithTheirShopsTimesAndCosts(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fail("w1", .dead(reason: "first"), Self.oops, at: 10, cost: 100, in: inbox)
            try await fail(
                "w2", .dead(reason: "last"), Self.oops, at: 30, shop: "annex.myshopify.com", cost: 400, in: inbox)
            try await fail("w3", .held(reason: "held"), Self.oops, at: 20, cost: 100, in: inbox)
            try await fail("w4", .held(reason: "odd"), Self.odd, at: 40, in: inbox)
            try await fail("w5", .done(effects: []), nil, at: 50, cost: 900, in: inbox)
            try await fail("w6", .held(reason: "a person asked for it"), nil, at: 60, in: inbox)

            let groups = try await inbox.deadGroups(limit: 10)
            #expect(groups.map(\.fingerprint) == [Self.oops.text, Self.odd.text])
            let group = try #require(groups.first)
            #expect(group.handlerID == "orders")
            #expect(group.reason == "last")
            #expect(group.dead == 2)
            #expect(group.held == 1)
            #expect(group.count == 3)
            #expect(
                group.shops == [
                    .init(shop: "lobby.myshopify.com", count: 2), .init(shop: "annex.myshopify.com", count: 1),
                ])
            #expect(group.firstAt == Sample.time(10))
            #expect(group.lastAt == Sample.time(30))
            #expect(group.meanCost == USD(nanos: 200))
            // A job of the handler that went well cost 900.
            #expect(group.expectedCost == USD(nanos: 2700))
            #expect(try await inbox.deadGroups(limit: 1).count == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aGroupIsRunAgainInSmallBatchesOldestFirst(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...5 {
                try await fail("w\(number)", .dead(reason: "no"), Self.oops, at: Double(number), in: inbox)
            }
            try await fail("other", .dead(reason: "no"), Self.odd, at: 6, in: inbox)
            let latest = Sample.time(4)
            #expect(try await inbox.retry(group: Self.oops, failedBy: latest, limit: 3) == 3)
            #expect(try await Set(inbox.claim(at: 10).map(\.delivery.webhookID)) == ["w1", "w2", "w3"])
            #expect(try await inbox.retry(group: Self.oops, failedBy: latest, limit: 3) == 1)
            #expect(try await inbox.retry(group: Self.oops, failedBy: latest, limit: 3) == 0)
            #expect(try await inbox.claim(at: 10).map(\.delivery.webhookID) == ["w4"])
            #expect(try await inbox.counts().jobs == [.running: 4, .dead: 2])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func whatFailsOnceMoreIsNotMetAgain(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fail("w1", .held(reason: "no"), Self.oops, at: 1, in: inbox)
            #expect(try await inbox.retry(group: Self.oops, failedBy: Sample.time(5), limit: 9) == 1)
            let claim = try await inbox.claimOne(at: 6)
            #expect(claim.attempt == 1)
            let result = Sample.result(.dead(reason: "no"), at: 6, fingerprint: Self.oops)
            #expect(try await inbox.finish(claim, with: result))
            #expect(try await inbox.retry(group: Self.oops, failedBy: Sample.time(5), limit: 9) == 0)
            #expect(try await inbox.deadGroups(limit: 9).map(\.count) == [1])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func whatTheProcessDiedOfIsAGroupToo(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            for number in 0..<4 { _ = try await inbox.claimOne(at: Double(number), leaseFor: .seconds(1)) }
            _ = try await inbox.claim(at: 4)
            let group = try #require(try await inbox.deadGroups(limit: 9).first)
            #expect(group.reason == "the process died 4 times while it ran")
            #expect(try await inbox.retry(group: .init(text: group.fingerprint), failedBy: group.lastAt, limit: 9) == 1)
        }
    }
}
