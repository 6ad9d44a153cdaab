import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CrashTests {
    @Test(arguments: InboxKind.allCases)
    func attemptsWaitsAndCrashesAreCountedApart(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(2), reason: "timeout"))
            try await inbox.run(.wait(until: Sample.time(4), reason: "busy"), at: 3)
            try await inbox.run(.wait(until: Sample.time(6), reason: "busy"), at: 5)
            _ = try await inbox.claimOne(at: 7, leaseFor: .seconds(1))
            let claim = try await inbox.claimOne(at: 8)

            #expect(claim.attempt == 2)
            #expect(claim.crashes == 1)
            let summary = try await inbox.job(of: id).summary
            #expect(summary.attempts == 1)
            #expect(summary.waits == 2)
            #expect(summary.crashes == 1)
            try await inbox.giveBack(claim)
            #expect(try await inbox.claimOne(at: 9).crashes == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func theFourthCrashIsTheEndAndAPersonCanBeginAnew(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            for number in 0..<4 { _ = try await inbox.claimOne(at: Double(number), leaseFor: .seconds(1)) }
            #expect(try await inbox.claim(at: 4).isEmpty)

            let summary = try await inbox.job(of: id).summary
            #expect(summary.state == .dead)
            #expect(summary.reason == "the process died 4 times while it ran")
            #expect(summary.crashes == 4)
            #expect(try await inbox.counts().jobs == [.dead: 1])
            #expect(try await inbox.retry(id, handlers: []) == 1)
            #expect(try await inbox.claimOne(at: 5).crashes == 0)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func oneSuspectAtATimeIsHandedOutAndTheInnocentGoOn(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...3 { _ = try await inbox.store(Sample.delivery("suspect\(number)")) }
            for round in 0..<2 { _ = try await inbox.claim(3, at: Double(round), leaseFor: .seconds(1)) }
            for number in 1...2 { _ = try await inbox.store(Sample.delivery("w\(number)")) }

            let claims = try await inbox.claim(10, at: 2)
            #expect(claims.map(\.delivery.webhookID) == ["suspect1", "w1", "w2"])
            #expect(try await inbox.claim(10, at: 3).isEmpty)
            #expect(try await inbox.finish(claims[0], with: Sample.result(.done(effects: []))))
            #expect(try await inbox.claim(10, at: 4).map(\.delivery.webhookID) == ["suspect2"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aPausedHandlersSuspectDoesNotStopTheOthers(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])
            for round in 0..<2 { _ = try await inbox.claim(2, at: Double(round), leaseFor: .seconds(1)) }
            let claims = try await inbox.claim(
                limit: 5, now: Sample.time(2), leaseFor: .seconds(9), passingOver: ["a"])
            #expect(claims.map(\.handlerID) == ["b"])
        }
    }
}
