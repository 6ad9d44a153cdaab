import Bellhop
import Foundation
import InboxCore
import Testing

/// Where a subscription asks for it, the latest version of a resource is the only one that runs.
@Suite(.timeLimit(.minutes(5)))
struct CoalescingTests {
    private static let plan = JobPlan("orders", coalescing: .seconds(30))

    private func store(
        _ id: String, version: Double?, at seconds: Double, topic: Topic = "orders/updated", in inbox: any Inbox,
        plan: JobPlan = plan
    ) async throws -> String {
        try await inbox.store(
            Sample.delivery(
                id, topic: topic, resource: "Order/1", version: version, receivedAt: Sample.time(seconds)),
            handlers: [plan])
    }

    @Test(arguments: InboxKind.allCases)
    func theLatestTakesThePlaceOfThoseBeforeAndTheirDueTime(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let first = try await store("w1", version: 1, at: 0, in: inbox)
            let second = try await store("w2", version: 2, at: 10, in: inbox)
            let third = try await store("w3", version: 3, at: 29, in: inbox)

            #expect(try await inbox.nextDue() == Sample.time(30))
            #expect(try await inbox.claim(at: 29).isEmpty)
            #expect(try await inbox.claim(at: 30).map(\.delivery.webhookID) == ["w3"])
            let covered = try await inbox.job(of: first)
            #expect(covered.summary.state == .skipped)
            #expect(covered.summary.reason == "covered by \(second)")
            #expect(covered.coveredBy == second)
            #expect(covered.summary.attempts == 0)
            #expect(try await inbox.job(of: second).covers == [first])
            #expect(try await inbox.job(of: second).coveredBy == third)
            #expect(try await inbox.job(of: third).covers == [second])
            #expect(try await inbox.counts().jobs == [.skipped: 2, .running: 1])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func anOlderVersionThatComesLateIsItselfCovered(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let newer = try await store("w1", version: 5, at: 0, in: inbox)
            let older = try await store("w2", version: 4, at: 1, in: inbox)
            #expect(try await inbox.job(of: older).coveredBy == newer)
            #expect(try await inbox.job(of: newer).covers == [older])
            #expect(try await inbox.claim(at: 30).map(\.delivery.webhookID) == ["w1"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func whatRunsOrFailedIsNotCovered(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let first = try await store("w1", version: 1, at: 0, in: inbox)
            let claim = try await inbox.claimOne(at: 30)
            _ = try await store("w2", version: 2, at: 31, in: inbox)
            #expect(try await inbox.job(of: first).summary.state == .running)
            #expect(
                try await inbox.finish(claim, with: Sample.result(.retry(at: Sample.time(50), reason: "no"), at: 32)))
            _ = try await store("w3", version: 3, at: 40, in: inbox)
            #expect(try await inbox.job(of: first).summary.state == .waiting)
            // The lane keeps its order: first what failed, then the latest of the others.
            let again = try await inbox.claimOne(at: 70)
            #expect(again.jobID == claim.jobID)
            #expect(try await inbox.claim(at: 70).isEmpty)
            #expect(try await inbox.finish(again, with: Sample.result(.done(effects: []), at: 71)))
            #expect(try await inbox.claim(at: 72).map(\.delivery.webhookID) == ["w3"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func behindARunningHeadTheLatestWins(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await store("w1", version: 1, at: 0, in: inbox)
            let claim = try await inbox.claimOne(at: 30)
            let second = try await store("w2", version: 2, at: 31, in: inbox)
            let third = try await store("w3", version: 3, at: 40, in: inbox)
            #expect(try await inbox.job(of: second).coveredBy == third)
            #expect(try await inbox.list(EventFilter()).map(\.isBehind) == [true, false, false])
            #expect(try await inbox.claim(at: 62).isEmpty)
            #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []), at: 63)))
            #expect(try await inbox.claim(at: 63).map(\.delivery.webhookID) == ["w3"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func otherTopicsAndUnknownVersionsAreNotCovered(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await store("w1", version: 1, at: 0, in: inbox)
            _ = try await store("w2", version: 2, at: 1, topic: "orders/paid", in: inbox)
            _ = try await store("w3", version: nil, at: 2, in: inbox)
            _ = try await store("w4", version: 4, at: 3, in: inbox, plan: "orders")
            var ran: [String] = []
            while let claim = try await inbox.claim(1, at: 100).first {
                ran.append(claim.delivery.webhookID)
                #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []), at: 100)))
            }
            #expect(ran == ["w1", "w2", "w3", "w4"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aCoveredJobCanBeRunByHand(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let first = try await store("w1", version: 1, at: 0, in: inbox)
            let second = try await store("w2", version: 2, at: 1, in: inbox)
            #expect(try await inbox.retry(first, handlers: [Self.plan]) == 1)
            #expect(try await inbox.job(of: first).coveredBy == nil)
            #expect(try await inbox.job(of: second).covers == [])
            try await inbox.run(.done(effects: []), at: 40)
            #expect(try await inbox.claim(at: 41).map(\.delivery.webhookID) == ["w1"])
        }
    }
}
