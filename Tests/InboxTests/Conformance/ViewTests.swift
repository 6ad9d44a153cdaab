import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ViewTests {
    /// One job in each state, and a second delivery of `dead`: w1 done, w2 dead, w3 held, w4 waiting, w5 running,
    /// w6 ready.
    private func fill(_ inbox: any Inbox) async throws {
        let topics: [Topic] = ["orders/create", "refunds/create", "orders/create"]
        for number in 1...6 {
            _ = try await inbox.store(
                Sample.delivery(
                    "w\(number)", shop: number.isMultiple(of: 2) ? "annex.myshopify.com" : "lobby.myshopify.com",
                    topic: topics[number % 3]))
        }
        let endings: [String: JobResult.Outcome] = [
            "w1": .done(effects: []), "w2": .dead(reason: "no"), "w3": .held(reason: "odd"),
            "w4": .wait(until: Sample.time(9999), reason: "rate limited"),
        ]
        for claim in try await inbox.claim() {
            if let ending = endings[claim.delivery.webhookID] {
                #expect(try await inbox.finish(claim, with: Sample.result(ending)))
            } else if claim.delivery.webhookID == "w6" {
                try await inbox.giveBack(claim)
            }
        }
        _ = try await inbox.accept(Sample.delivery("w2", shop: "annex.myshopify.com"), handlers: [], holdReason: nil)
    }

    @Test(arguments: InboxKind.allCases)
    func listsAllJobsNewestFirst(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox)
            let events = try await inbox.list(EventFilter())
            #expect(events.map(\.webhookID) == ["w6", "w5", "w4", "w3", "w2", "w1"])
            #expect(events.map(\.state) == [.ready, .running, .waiting, .held, .dead, .done])
            #expect(events.map(\.reason) == [nil, nil, "rate limited", "odd", "no", nil])
            #expect(events.map(\.duplicates) == [0, 0, 0, 0, 1, 0])
            #expect(events.allSatisfy { $0.handlerID == "orders" && $0.receivedAt == Sample.start })
        }
    }

    @Test(arguments: InboxKind.allCases)
    func listsByStateTopicShopAndLimit(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox)
            func ids(_ filter: EventFilter) async throws -> [String] {
                try await inbox.list(filter).map(\.webhookID)
            }
            let annex = try #require(Shop(domain: "annex.myshopify.com"))

            #expect(try await ids(EventFilter(states: [.dead])) == ["w2"])
            #expect(try await ids(EventFilter(states: [.dead, .ready, .held])) == ["w6", "w3", "w2"])
            #expect(try await ids(EventFilter(topic: "refunds/create")) == ["w4", "w1"])
            #expect(try await ids(EventFilter(shop: annex)) == ["w6", "w4", "w2"])
            #expect(try await ids(EventFilter(topic: "refunds/create", shop: annex)) == ["w4"])
            #expect(try await ids(EventFilter(states: [.done], shop: annex)) == [])
            #expect(try await ids(EventFilter(limit: 2)) == ["w6", "w5"])
            #expect(try await ids(EventFilter(topic: "no/such")) == [])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func countsJobsDeliveriesAndDuplicates(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            #expect(try await inbox.counts() == InboxCounts(jobs: [:], deliveries: 0, duplicates: 0))
            try await fill(inbox)
            let each: [JobState.Name: Int] = [.ready: 1, .running: 1, .waiting: 1, .held: 1, .dead: 1, .done: 1]
            #expect(try await inbox.counts() == InboxCounts(jobs: each, deliveries: 6, duplicates: 1))
            #expect(try await inbox.counts().pending == 3)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func countsFollowARetry(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let done = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.done(effects: []))
            let dead = try await inbox.store(Sample.delivery("w2"))
            try await inbox.run(.dead(reason: "no"))

            _ = try await inbox.retry(done, handlers: [])
            _ = try await inbox.retry(dead, handlers: [])
            #expect(try await inbox.counts().jobs == [.ready: 2])
        }
    }
}
