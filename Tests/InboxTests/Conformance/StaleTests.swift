import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StaleTests {
    @Test(arguments: InboxKind.allCases)
    func whatIsOlderThanOneReceivedBeforeIsStale(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for (id, version) in [("w1", 10), ("w2", 30), ("w3", 20), ("w4", 30), ("w5", 40)] as [(String, Double)] {
                _ = try await inbox.store(Sample.delivery(id, resource: "Order/1", version: version))
                let claim = try await inbox.claimOne()
                #expect(claim.isStale == (id == "w3"), "\(id)")
                #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))))
            }
        }
    }

    @Test(arguments: InboxKind.allCases)
    func whatIsNewerWhenItIsHandedOutCountsToo(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1", resource: "Order/1", version: 10))
            _ = try await inbox.store(Sample.delivery("w2", resource: "Order/1", version: 11))
            #expect(try await inbox.claimOne().isStale)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func otherTopicsResourcesShopsAndUnknownVersionsDoNotCompare(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("new", resource: "Order/1", version: 99), handlers: [])
            let others = [
                try Sample.delivery("w1", topic: "orders/paid", resource: "Order/1", version: 1),
                try Sample.delivery("w2", resource: "Order/2", version: 1),
                try Sample.delivery("w3", shop: "annex.myshopify.com", resource: "Order/1", version: 1),
                try Sample.delivery("w4", resource: "Order/1"), try Sample.delivery("w5", version: 1),
            ]
            for delivery in others {
                _ = try await inbox.store(delivery, handlers: [JobPlan("handler-of-\(delivery.webhookID)")])
            }
            let claims = try await inbox.claim()
            #expect(claims.count == 5)
            #expect(claims.allSatisfy { !$0.isStale })
        }
    }
}
