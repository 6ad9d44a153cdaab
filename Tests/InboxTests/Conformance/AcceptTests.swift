import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct AcceptTests {
    @Test(arguments: InboxKind.allCases)
    func storesADeliveryWithAJobForEachHandler(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1", eventID: "e1"), handlers: ["a", "b"])

            let detail = try #require(try await inbox.detail(of: id))
            #expect(detail.deliveryID == id)
            #expect(detail.sender == "shopify")
            #expect(detail.topic == "orders/create")
            #expect(detail.shop.domain == "lobby.myshopify.com")
            #expect(detail.webhookID == "w1")
            #expect(detail.eventID == "e1")
            #expect(detail.apiVersion == "2026-10")
            #expect(detail.triggeredAt == Sample.time(-3))
            #expect(detail.receivedAt == Sample.start)
            #expect(detail.bodyBytes == 8)
            #expect(detail.duplicates == 0)
            #expect(detail.jobs.map(\.summary.handlerID) == ["a", "b"])
            #expect(detail.jobs.map(\.summary.state) == [.ready, .ready])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func handsTheDeliveryOutExactlyAsItCame(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            var delivery = try Sample.delivery("w1", eventID: "e1")
            delivery.body = Data([0, 255, 10, 13]) + Data(repeating: 65, count: 50_000) + Data([0])
            delivery.headers = ["x-shopify-topic": "orders/create", "x-odd": "\u{fc}\u{1F6CE}\"\\"]
            _ = try await inbox.store(delivery)
            #expect(try await inbox.claimOne().delivery == delivery)
        }
    }

    @Test(arguments: InboxKind.allCases, ["", "x"])
    func keepsBodiesTooSmallToCompress(_ kind: InboxKind, body: String) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1", body: body))
            #expect(try await inbox.claimOne().delivery.body == Data(body.utf8))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func givesAHandlerNamedTwiceOneJob(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b", "a"])
            #expect(try await inbox.detail(of: id)?.jobs.map(\.summary.handlerID) == ["a", "b"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func holdsADeliveryThatNoHandlerIsBoundTo(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: [])

            let summary = try await inbox.job(of: id).summary
            #expect(summary.handlerID == "")
            #expect(summary.state == .held)
            #expect(summary.reason == "no handler is bound to this topic")
            #expect(try await inbox.claim().isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func holdsTheJobsWhenAReasonIsGiven(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), holdReason: "the shop is paused")

            let summary = try await inbox.job(of: id).summary
            #expect(summary.state == .held)
            #expect(summary.reason == "the shop is paused")
            #expect(try await inbox.claim().isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func givesIdsThatSortByTheirOrder(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            var ids: [String] = []
            for number in 0..<50 {
                ids.append(try await inbox.store(Sample.delivery("w\(number)")))
            }
            #expect(ids == ids.sorted())
            #expect(Set(ids).count == 50)
            #expect(ids.allSatisfy { UUID(uuidString: $0) != nil && $0 == $0.lowercased() })
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aCancelledCallerCancelsNoWrite(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let delivery = try Sample.delivery("w1")
            let caller = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await inbox.accept(delivery, handlers: ["a"], holdReason: nil)
            }
            guard case .stored = try await caller.value else {
                Issue.record("not stored")
                return
            }
            #expect(try await inbox.claim().count == 1)
        }
    }
}
