import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DuplicateTests {
    @Test(arguments: InboxKind.allCases)
    func absorbsTheSameWebhookID(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let again = try Sample.delivery("w1", topic: "orders/updated", eventID: "e2", body: "{}", hash: 9)

            #expect(try await inbox.accept(again, handlers: ["orders"], holdReason: nil) == .duplicate(of: id))
            #expect(try await inbox.claim().count == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func absorbsTheSameEventUnderAnotherWebhookID(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1", eventID: "e1"))
            let again = try Sample.delivery("w2", eventID: "e1")

            #expect(try await inbox.accept(again, handlers: ["orders"], holdReason: nil) == .duplicate(of: id))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func keepsWhatDiffersInAnyPartOfTheKeys(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let different = [
                try Sample.delivery("w1", eventID: "e1"),
                try Sample.delivery("w1", sender: "judgeme", eventID: "e1"),
                try Sample.delivery("w1", shop: "annex.myshopify.com", eventID: "e1"),
                try Sample.delivery("w2", eventID: "e2"),
                try Sample.delivery("w3", topic: "orders/updated", eventID: "e1"),
                try Sample.delivery("w4", eventID: "e1", hash: 8),
                try Sample.delivery("w5"),
                try Sample.delivery("w6"),
                // An event id is not a webhook id.
                try Sample.delivery("e1", eventID: "w1"),
            ]
            for delivery in different {
                _ = try await inbox.store(delivery)
            }
            #expect(try await inbox.counts().deliveries == different.count)
            #expect(try await inbox.counts().duplicates == 0)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func countsDuplicatesOnTheStoredDelivery(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1", eventID: "e1"))
            _ = try await inbox.accept(Sample.delivery("w1"), handlers: [], holdReason: nil)
            _ = try await inbox.accept(Sample.delivery("w2", eventID: "e1"), handlers: [], holdReason: nil)

            #expect(try await inbox.detail(of: id)?.duplicates == 2)
            #expect(try await inbox.list(EventFilter()).map(\.duplicates) == [2])
            #expect(try await inbox.counts().duplicates == 2)
            #expect(try await inbox.counts().deliveries == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func absorbsADuplicateOfWhatIsDone(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.done(effects: []))

            let again = try await inbox.accept(Sample.delivery("w1"), handlers: ["orders"], holdReason: nil)
            #expect(again == .duplicate(of: id))
            #expect(try await inbox.claim().isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func storesOneOfAHundredThatComeAtOnce(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let delivery = try Sample.delivery("w1", eventID: "e1")
            let answers = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await inbox.accept(delivery, handlers: ["orders"], holdReason: nil) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let stored = answers.compactMap { if case .stored(let id) = $0 { id } else { nil } }
            let id = try #require(stored.first)
            #expect(stored.count == 1)
            #expect(answers.filter { $0 == .duplicate(of: id) }.count == 99)
            #expect(try await inbox.claim(100).count == 1)
            #expect(try await inbox.counts().duplicates == 99)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func storesEveryOneOfManyThatComeAtOnce(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let deliveries = try (0..<300).map { try Sample.delivery("w\($0)", eventID: "e\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for delivery in deliveries {
                    group.addTask { _ = try await inbox.accept(delivery, handlers: ["a", "b"], holdReason: nil) }
                }
                try await group.waitForAll()
            }
            let claims = try await inbox.claim(1000)
            #expect(claims.count == 600)
            #expect(Set(claims.map(\.delivery.webhookID)).count == 300)
            #expect(try await inbox.counts().deliveries == 300)
        }
    }
}
