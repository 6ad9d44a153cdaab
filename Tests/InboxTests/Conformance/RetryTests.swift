import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct RetryTests {
    static let endings: [JobResult.Outcome] = [
        .done(effects: Sample.effects), .dead(reason: "no"), .held(reason: "undecodable"),
        .retry(at: Sample.time(1000), reason: "timeout"), .wait(until: Sample.time(1000), reason: "rate limited"),
    ]

    @Test(arguments: InboxKind.allCases, endings)
    func makesAJobReadyAgainWithItsAttemptsAtZero(_ kind: InboxKind, ending: JobResult.Outcome) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(2), reason: "timeout"))
            try await inbox.run(ending, calls: [Sample.call(cost: 3)], at: 5)

            #expect(try await inbox.retry(id, handlers: ["orders"]) == 1)
            let job = try await inbox.job(of: id)
            #expect(job.summary.state == .ready)
            #expect(job.summary.attempts == 0)
            #expect(job.summary.reason == nil)
            #expect(job.summary.waitingUntil == nil)
            #expect(job.summary.finishedAt == nil)
            #expect(job.calls.count == 1)
            #expect(job.summary.cost == USD(nanos: 3))
            #expect(try await inbox.claimOne(at: 6).attempt == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func theNextRunAddsCallsAndReplacesEffects(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a"])
            try await inbox.run(.done(effects: Sample.effects), calls: [Sample.call(cost: 3, step: "first")])
            _ = try await inbox.retry(id, handlers: ["a"])
            #expect(try await inbox.job(of: id).effects.count == 2)
            try await inbox.run(
                .done(effects: [.note(.order(1), "New.")]), calls: [Sample.call(cost: 4, step: "second")])

            let job = try await inbox.job(of: id)
            #expect(job.calls.map(\.step) == ["first", "second"])
            #expect(job.summary.cost == USD(nanos: 7))
            #expect(job.effects.map(\.state) == [.dropped, .dropped, .planned])
            #expect(job.effects.last == PlannedEffect(key: "\(id)/a/2", effect: .note(.order(1), "New.")))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func givesADeliveryThatHadNoHandlerItsJobs(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: [])

            #expect(try await inbox.retry(id, handlers: ["a", "b"]) == 2)
            #expect(try await inbox.detail(of: id)?.jobs.map(\.summary.handlerID) == ["a", "b"])
            #expect(try await inbox.claim().map(\.handlerID) == ["a", "b"])
            #expect(try await inbox.counts().jobs == [.running: 2])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func addsNoJobsToADeliveryThatHasSome(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a"])
            try await inbox.run(.dead(reason: "no"))

            #expect(try await inbox.retry(id, handlers: ["a", "b"]) == 1)
            #expect(try await inbox.claim().map(\.handlerID) == ["a"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func restartsOnlyWhatStoodStill(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b", "c"])
            try await inbox.run(.dead(reason: "no"))
            let running = try await inbox.claimOne()

            #expect(try await inbox.retry(id, handlers: ["a", "b", "c"]) == 1)
            #expect(try await inbox.detail(of: id)?.jobs.map(\.summary.state) == [.ready, .running, .ready])
            #expect(try await inbox.extend(running, until: Sample.time(99)))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func refusesWhatDoesNotExist(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for id in ["0190a2b4-0000-7000-8000-000000000000", "no id", ""] {
                let error = await #expect(throws: InboxError.self) { try await inbox.retry(id, handlers: ["a"]) }
                #expect(error?.code == .notFound)
                let detail = try await inbox.detail(of: id)
                #expect(detail == nil)
            }
        }
    }

    @Test(arguments: InboxKind.allCases)
    func refusesWhenNothingStandsStill(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let ready = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])
            _ = try await inbox.claimOne()
            let unbound = try await inbox.store(Sample.delivery("w2"), handlers: [])

            for (id, handlers) in [(ready, ["a", "b"]), (unbound, [])] as [(String, [JobPlan])] {
                let error = await #expect(throws: InboxError.self) { try await inbox.retry(id, handlers: handlers) }
                #expect(error?.code == .conflict)
            }
            #expect(try await inbox.counts().jobs == [.ready: 1, .running: 1, .held: 1])
        }
    }
}
