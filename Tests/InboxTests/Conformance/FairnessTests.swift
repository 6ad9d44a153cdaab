import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FairnessTests {
    private func store(_ shop: String, _ count: Int, in inbox: any Inbox) async throws {
        for number in 0..<count {
            _ = try await inbox.store(Sample.delivery("\(shop)-\(number)", shop: "\(shop).myshopify.com"))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aBacklogOfOneShopDoesNotKeepTheOthersWaiting(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await store("big", 40, in: inbox)
            try await store("small", 2, in: inbox)
            try await store("tiny", 1, in: inbox)
            let shops = try await inbox.claim(7).map(\.delivery.webhookID)
            #expect(shops == ["big-0", "small-0", "tiny-0", "big-1", "small-1", "big-2", "big-3"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aShopWithLongJobsGetsNoMoreThanItsShareOfTime(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await store("long", 60, in: inbox)
            try await store("short", 60, in: inbox)
            var served: [String: Int] = [:]
            for _ in 0..<55 {
                let claim = try await inbox.claimOne()
                let isLong = claim.delivery.webhookID.hasPrefix("long")
                var result = Sample.result(.done(effects: []))
                result.startedAt = result.finishedAt - (isLong ? 10 : 1)
                #expect(try await inbox.finish(claim, with: result))
                served[isLong ? "long" : "short", default: 0] += 1
            }
            // 5 jobs of 10 s each take as long as 50 of 1 s.
            #expect((4...7).contains(served["long", default: 0]), "\(served)")
        }
    }

    @Test(arguments: InboxKind.allCases)
    func withinAShopPriorityGoesBeforeAge(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let plans: [(String, JobPlan)] = [
                ("old", JobPlan("a", priority: 3)), ("urgent", JobPlan("b", priority: 9)),
                ("new", JobPlan("a", priority: 3)),
                ("later", JobPlan("c", priority: 9)),
            ]
            for (id, plan) in plans { _ = try await inbox.store(Sample.delivery(id), handlers: [plan]) }
            #expect(try await inbox.claim().map(\.delivery.webhookID) == ["urgent", "later", "old", "new"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func pausedHandlersArePassedOver(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 0..<20 { _ = try await inbox.store(Sample.delivery("w\(number)"), handlers: ["paused"]) }
            _ = try await inbox.store(Sample.delivery("last"), handlers: ["paused", "free"])
            let claims = try await inbox.claim(
                limit: 5, now: Sample.time(1), leaseFor: .seconds(9), passingOver: ["paused", "unheard-of"])
            #expect(claims.map(\.handlerID) == ["free"])
            #expect(try await inbox.claim(30).count == 21)
        }
    }
}
