import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

/// What the questions of a job were answered stays with the job.
@Suite(.timeLimit(.minutes(5)))
struct StepTests {
    @Test(arguments: InboxKind.allCases)
    func `the next claim brings what was answered, in the order of asking`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            #expect(claim.steps.isEmpty)
            let steps = [Sample.step("b"), Sample.step("a"), Sample.step("b", occurrence: 1)]
            for step in steps { try await kind.journal(step, of: claim, in: inbox) }
            #expect(try await inbox.finish(claim, with: Sample.result(.retry(at: Sample.time(9), reason: "no"))))
            let next = try await inbox.claimOne(at: 10)
            #expect(next.steps == steps)
            try await inbox.giveBack(next)
            #expect(try await inbox.claimOne(at: 11).steps == steps)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `steps belong to one job`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])
            let first = try await inbox.claimOne()
            try await kind.journal(Sample.step(), of: first, in: inbox)
            try await inbox.giveBack(first)
            #expect(try await inbox.claim().map(\.steps.count) == [1, 0])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `another answer to the same step takes its place`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            try await kind.journal(Sample.step(), of: claim, in: inbox)
            let changed = Sample.step(answer: ["label": "sad"], digest: 2)
            try await kind.journal(changed, of: claim, in: inbox)
            try await inbox.giveBack(claim)
            #expect(try await inbox.claimOne(at: 2).steps == [changed])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `an answer comes back exactly`(kind: InboxKind) async throws {
        let text =
            #"{"n":[0.1,1e-20,12345678901234567890.123,9223372036854775807,-9223372036854775808,1e30,-0.07],"#
            + #""t":"e\u0301 é \u0000 </data> 👩‍👩‍👧","deep":[[{"a":null,"b":true}]]}"#
        let answer = try JSONValue(parsing: Data(text.utf8))
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            try await kind.journal(Sample.step(answer: answer), of: claim, in: inbox)
            try await inbox.giveBack(claim)
            let stored = try #require(try await inbox.claimOne(at: 2).steps.first?.answer)
            #expect(stored == answer)
            #expect(try stored.canonicalData() == answer.canonicalData())
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `who has lost the lease journals nothing`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let late = try await inbox.claimOne(at: 1, leaseFor: .seconds(5))
            let current = try await inbox.claimOne(at: 10)
            try await kind.journal(Sample.step(answer: "late"), of: late, in: inbox)
            try await kind.journal(Sample.step("mine"), of: current, in: inbox)
            try await inbox.giveBack(current)
            try await kind.journal(Sample.step("after"), of: current, in: inbox)
            #expect(try await inbox.claimOne(at: 11).steps == [Sample.step("mine")])
        }
    }

    @Test(arguments: InboxKind.allCases, RetryTests.endings)
    func `running again keeps the answers, running anew forgets them`(
        kind: InboxKind, ending: JobResult.Outcome
    ) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            try await kind.journal(Sample.step(), of: claim, in: inbox)
            #expect(try await inbox.finish(claim, with: Sample.result(ending)))

            #expect(try await inbox.retry(id, handlers: ["orders"]) == 1)
            let again = try await inbox.claimOne(at: 2000)
            #expect(again.steps == [Sample.step()])
            #expect(try await inbox.finish(again, with: Sample.result(ending)))

            #expect(try await inbox.retry(id, handlers: ["orders"], anew: true) == 1)
            #expect(try await inbox.claimOne(at: 4000).steps.isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a running job keeps its answers when it cannot be run anew`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            try await kind.journal(Sample.step(), of: claim, in: inbox)
            await #expect(throws: InboxError.self) { try await inbox.retry(id, handlers: ["orders"], anew: true) }
            try await inbox.giveBack(claim)
            #expect(try await inbox.claimOne(at: 2).steps.count == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a handler that is passed over keeps its jobs`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...3 { _ = try await inbox.store(Sample.delivery("w\(number)"), handlers: ["a", "b", "c"]) }
            let others = try await inbox.claim(
                limit: 4, now: Sample.time(1), leaseFor: .seconds(60), passingOver: ["b", "nobody"])
            #expect(others.map(\.handlerID).sorted() == ["a", "a", "c", "c"])
            #expect(try await inbox.claim(at: 2).count == 5)
        }
    }

    @Test(arguments: InboxKind.allCases, RetryTests.endings)
    func `a job can be rehearsed in any state, and stays as it is`(
        kind: InboxKind, ending: JobResult.Outcome
    ) async throws {
        try await kind.withInbox { inbox in
            let delivery = try Sample.delivery("w1")
            let id = try await inbox.store(delivery)
            let claim = try await inbox.claimOne()
            try await kind.journal(Sample.step(), of: claim, in: inbox)
            let running = try await inbox.rehearsalClaims(of: id, handlers: [])
            #expect(running.map(\.steps) == [[Sample.step()]])
            #expect(try await inbox.finish(claim, with: Sample.result(ending)))
            let before = try await inbox.job(of: id).summary

            let rehearsed = try #require(try await inbox.rehearsalClaims(of: id, handlers: ["orders"]).first)
            #expect(rehearsed.handlerID == "orders")
            #expect(rehearsed.delivery.body == delivery.body)
            #expect(rehearsed.delivery.headers == delivery.headers)
            #expect(rehearsed.steps == [Sample.step()])
            #expect(rehearsed.lease == .none)
            #expect(!(try await inbox.finish(rehearsed, with: Sample.result(.dead(reason: "no")))))
            #expect(try await inbox.job(of: id).summary == before)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `what no handler was bound to is rehearsed with those bound now`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: [])
            #expect(try await inbox.rehearsalClaims(of: id, handlers: ["a", "b"]).map(\.handlerID) == ["a", "b"])
            #expect(try await inbox.rehearsalClaims(of: id, handlers: []).isEmpty)
            #expect(try await inbox.job(of: id).summary.state == .held)
            let error = await #expect(throws: InboxError.self) {
                try await inbox.rehearsalClaims(of: UUID().uuidString, handlers: ["a"])
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a call's record tells how the question met the journal`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            var calls = [nil, .recorded, .changed, .outdated].map { (use: CallRecord.JournalUse?) in
                var call = Sample.call(cost: 1)
                call.journal = use
                return call
            }
            calls[1].attempts = []
            try await inbox.run(.done(effects: []), calls: calls)
            #expect(try await inbox.job(of: id).calls == calls)
        }
    }
}
