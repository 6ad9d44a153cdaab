import Bellhop
import Foundation
import InboxCore
import Testing

/// Jobs of one handler about one resource of one shop run in the order of their deliveries.
@Suite(.timeLimit(.minutes(5)))
struct LaneTests {
    private func fill(_ inbox: any Inbox, _ ids: String...) async throws {
        for id in ids { _ = try await inbox.store(Sample.delivery(id, resource: "Order/1")) }
    }

    private func claimed(_ inbox: any Inbox, at seconds: Double = 1) async throws -> [String] {
        try await inbox.claim(at: seconds).map(\.delivery.webhookID)
    }

    @Test(arguments: InboxKind.allCases)
    func onlyTheOldestIsHandedOutUntilItIsOver(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2", "w3")
            let events = try await inbox.list(EventFilter())
            #expect(events.map(\.isBehind) == [true, true, false])

            for id in ["w1", "w2", "w3"] {
                let claim = try await inbox.claimOne()
                #expect(claim.delivery.webhookID == id)
                #expect(try await inbox.claim().isEmpty)
                #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))))
            }
            #expect(try await inbox.claim().isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func otherResourcesShopsAndHandlersHaveLanesOfTheirOwn(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "behind")
            _ = try await inbox.store(Sample.delivery("w2", resource: "Order/2"))
            _ = try await inbox.store(Sample.delivery("w3", shop: "annex.myshopify.com", resource: "Order/1"))
            _ = try await inbox.store(Sample.delivery("w4", resource: "Order/1"), handlers: ["another"])
            _ = try await inbox.store(Sample.delivery("w5"))
            #expect(try await Set(claimed(inbox)) == ["w1", "w2", "w3", "w4", "w5"])
        }
    }

    static let endings: [JobResult.Outcome] = [
        .done(effects: []), .skipped(reason: "echo"), .held(reason: "odd"), .dead(reason: "no"),
    ]

    @Test(arguments: InboxKind.allCases, endings)
    func aHeadThatStopsLetsTheNextGo(_ kind: InboxKind, ending: JobResult.Outcome) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2")
            try await inbox.run(ending)
            #expect(try await claimed(inbox) == ["w2"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aHeadThatWaitsKeepsTheOthersWaiting(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2")
            try await inbox.run(.retry(at: Sample.time(100), reason: "timeout"))
            #expect(try await claimed(inbox, at: 99).isEmpty)
            #expect(try await claimed(inbox, at: 100) == ["w1"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aHeadThatFailedThreeTimesKeepsNobodyWaiting(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "poison", "w2", "w3")
            for number in 1...2 {
                try await inbox.run(.retry(at: Sample.time(Double(10 * number)), reason: "no"), at: Double(10 * number))
                #expect(try await inbox.list(EventFilter()).map(\.isBehind) == [true, true, false])
            }
            // A crash is a failure too.
            _ = try await inbox.claimOne(at: 30, leaseFor: .seconds(1))
            #expect(try await Set(claimed(inbox, at: 31)) == ["poison", "w2"])
            #expect(try await inbox.list(EventFilter()).map(\.isBehind) == [true, false, false])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aHeadThatWaitedForTenMinutesKeepsNobodyWaiting(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2")
            try await inbox.run(.wait(until: Sample.time(400), reason: "busy"), at: 1)
            try await inbox.run(.wait(until: Sample.time(9000), reason: "busy"), at: 400)
            // Ten minutes after it first waited, which was at second 2.
            #expect(try await inbox.nextDue() == Sample.time(602))
            #expect(try await claimed(inbox, at: 601).isEmpty)
            #expect(try await claimed(inbox, at: 602) == ["w2"])
            #expect(try await claimed(inbox, at: 9000).contains("w1"))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aLongWaitOfAHeadThatTriedEnoughIsNotWaitedForAtAll(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2")
            try await inbox.run(.wait(until: Sample.time(590), reason: "busy"), at: 1)
            try await inbox.run(.wait(until: Sample.time(9000), reason: "busy"), at: 700)
            #expect(try await claimed(inbox, at: 702) == ["w2"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aJobRunAgainByHandWaitsForItsTurn(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let first = try await inbox.store(Sample.delivery("w1", resource: "Order/1"))
            try await fill(inbox, "w2", "w3")
            try await inbox.run(.dead(reason: "no"))
            let second = try await inbox.claimOne()
            #expect(try await inbox.retry(first, handlers: ["orders"]) == 1)
            #expect(try await claimed(inbox).isEmpty)
            #expect(try await inbox.finish(second, with: Sample.result(.done(effects: []))))
            #expect(try await claimed(inbox) == ["w1"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aHeldDeliveryKeepsNobodyWaiting(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1", resource: "Order/1"), holdReason: "paused")
            try await fill(inbox, "w2")
            #expect(try await claimed(inbox) == ["w2"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func theNextOfALaneIsSignalled(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            try await fill(inbox, "w1", "w2")
            let claim = try await inbox.claimOne()
            var changes = inbox.changes.makeAsyncIterator()
            #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))))
            #expect(await changes.next() != nil)
        }
    }
}
