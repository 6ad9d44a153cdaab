import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct FinishTests {
    @Test(arguments: InboxKind.allCases)
    func doneRecordsCallsCostsAndEffects(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["tagger"])
            let calls = [Sample.call(cost: 1500, step: "Mood"), Sample.call(cost: 500, step: "Reply")]
            try await inbox.run(.done(effects: Sample.effects), calls: calls, at: 7)

            let job = try await inbox.job(of: id)
            #expect(job.summary.state == .done)
            #expect(job.summary.reason == nil)
            #expect(job.summary.attempts == 1)
            #expect(job.summary.finishedAt == Sample.time(8))
            #expect(job.summary.cost == USD(nanos: 2000))
            #expect(job.calls == calls)
            #expect(job.effects.map(\.effect) == Sample.effects)
            #expect(job.effects.map(\.key) == ["\(id)/tagger/0", "\(id)/tagger/1"])
            #expect(job.effects.map(\.state) == [.planned, .planned])
            #expect(try await inbox.nextDue() == nil)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func callsWithNothingKnownAboutThemAreKeptToo(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let call = CallRecord(
                step: "Mood", routingClass: .complex, task: "odd", model: nil, isFallback: false, attempts: [],
                startedAt: Sample.start, milliseconds: 0, cost: .zero, unknownCosts: 2, premiumCost: nil,
                promptTokens: 0, completionTokens: 0)
            try await inbox.run(.dead(reason: "no model answered"), calls: [call])
            #expect(try await inbox.job(of: id).calls == [call])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aFailedAttemptWaitsAndCounts(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(50), reason: "timeout"), calls: [Sample.call(cost: 3)])

            let job = try await inbox.job(of: id)
            #expect(job.summary.state == .waiting)
            #expect(job.summary.waitingUntil == Sample.time(50))
            #expect(job.summary.reason == "timeout")
            #expect(job.summary.attempts == 1)
            #expect(job.summary.finishedAt == nil)
            #expect(job.summary.cost == USD(nanos: 3))
            #expect(job.calls.count == 1)
            #expect(try await inbox.claimOne(at: 50).attempt == 2)
            #expect(try await inbox.job(of: id).summary.reason == nil)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aWaitAskedForDoesNotCount(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.wait(until: Sample.time(50), reason: "rate limited"))

            #expect(try await inbox.job(of: id).summary.state == .waiting)
            #expect(try await inbox.job(of: id).summary.attempts == 0)
            #expect(try await inbox.claimOne(at: 50).attempt == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aHeldJobStaysUntilAPersonDecides(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.held(reason: "over the spend limit"), calls: [Sample.call(cost: 3)])

            let summary = try await inbox.job(of: id).summary
            #expect(summary.state == .held)
            #expect(summary.reason == "over the spend limit")
            #expect(summary.cost == USD(nanos: 3))
            #expect(try await inbox.claim(at: 1_000_000).isEmpty)
            #expect(try await inbox.nextDue() == nil)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aDeadJobSaysWhyAndAfterHowMany(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(5), reason: "timeout"), calls: [Sample.call(cost: 3)])
            try await inbox.run(.dead(reason: "all attempts failed"), calls: [Sample.call(cost: 4)], at: 10)

            let job = try await inbox.job(of: id)
            #expect(job.summary.state == .dead)
            #expect(job.summary.reason == "all attempts failed")
            #expect(job.summary.attempts == 2)
            #expect(job.summary.finishedAt == Sample.time(11))
            #expect(job.summary.cost == USD(nanos: 7))
            #expect(job.calls.map(\.cost) == [USD(nanos: 3), USD(nanos: 4)])
            #expect(try await inbox.claim(at: 1_000_000).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func oneHandlersFailureLeavesTheOthersAlone(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])
            try await inbox.run(.dead(reason: "no"))
            try await inbox.run(.done(effects: []))
            #expect(try await inbox.detail(of: id)?.jobs.map(\.summary.state) == [.dead, .done])
        }
    }
}
