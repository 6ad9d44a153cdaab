import Bellhop
import Foundation
import HTTPCore
import InboxCore
import Testing

@testable import Workers

@Suite(.timeLimit(.minutes(5))) struct EventRehearsalTests {
    private let good = TransportResponse.completion(#"{"label":"good"}"#)

    private func rehearsal(
        on inbox: MemoryInbox, _ models: ScriptedModels, stage: Stage? = nil, limit: Duration = .seconds(120)
    ) throws -> EventRehearsal {
        let table = try Fixture.table(stage: stage)
        let runner = Fixture.runner(models, table: table, now: { Date() })
        return EventRehearsal(inbox: inbox, runner: { runner }, bindings: { table.bindings }, limit: limit)
    }

    private func accept(_ order: String, handlers: [JobPlan] = ["obedient"], in inbox: MemoryInbox) async throws
        -> String
    {
        switch await inbox.accept(try Fixture.delivery(#"{"order":"\#(order)"}"#), handlers: handlers, holdReason: nil)
        {
        case .stored(let id), .duplicate(let id): return id
        }
    }

    @Test func `a finished event is rehearsed and stays finished`() async throws {
        let inbox = MemoryInbox()
        let id = try await accept("ask", in: inbox)
        let claim = try #require(await inbox.claim(limit: 1, now: Fixture.now, leaseFor: .seconds(60)).first)
        let done = JobResult(outcome: .done(effects: []), calls: [], startedAt: Fixture.now, finishedAt: Fixture.now)
        _ = await inbox.finish(claim, with: done)

        let models = ScriptedModels([good])
        let runs = try await rehearsal(on: inbox, models).run(id, as: .rehearsal)
        guard case .done(let effects) = try #require(runs.first?.result).outcome else {
            Issue.record("not done")
            return
        }
        #expect(effects == [.tag(.order(1), ["good"])])
        #expect(models.requests.count == 1)
        #expect(runs.first?.isCutOff == false)
        let job = try #require(await inbox.detail(of: id)?.jobs.first)
        #expect(job.summary.state == .done)
        #expect(job.calls.isEmpty && job.effects.isEmpty)
        #expect(try await inbox.rehearsalClaims(of: id, handlers: []).first?.steps.isEmpty == true)
    }

    @Test func `an event without a handler is rehearsed with those bound now`() async throws {
        let inbox = MemoryInbox()
        let id = try await accept("finish", handlers: [], in: inbox)
        let runs = try await rehearsal(on: inbox, ScriptedModels([])).run(id, as: .recorded)
        #expect(runs.map(\.handlerID) == ["obedient"])
    }

    @Test func `another handler than the one asked for stays out of it`() async throws {
        let inbox = MemoryInbox()
        let id = try await accept("finish", handlers: ["obedient", "removed"], in: inbox)
        let rehearsal = try rehearsal(on: inbox, ScriptedModels([]))
        #expect(try await rehearsal.run(id, as: .recorded).map(\.handlerID) == ["obedient", "removed"])
        #expect(try await rehearsal.run(id, as: .recorded, handlerID: "obedient").map(\.handlerID) == ["obedient"])
    }

    @Test func `a handler that comes to no end is cut off`() async throws {
        let inbox = MemoryInbox()
        let silent = try await accept("wait on stage", in: inbox)
        let stage = Stage()
        let runs = try await rehearsal(on: inbox, ScriptedModels([]), stage: stage, limit: .milliseconds(100))
            .run(silent, as: .rehearsal)
        #expect(runs.count == 1)
        #expect(runs.first?.result == nil && runs.first?.isCutOff == true)
    }

    @Test func `what had been asked when it was cut off is told`() async throws {
        let inbox = MemoryInbox()
        let id = try await accept("ask, then wait on stage", in: inbox)
        let stage = Stage()
        let runs = try await rehearsal(on: inbox, ScriptedModels([good]), stage: stage, limit: .milliseconds(500))
            .run(id, as: .rehearsal)
        #expect(runs.first?.result?.calls.count == 1 && runs.first?.isCutOff == true)
    }

    @Test func `an event that is not there is said so`() async throws {
        let error = await #expect(throws: InboxError.self) {
            try await rehearsal(on: MemoryInbox(), ScriptedModels([])).run("none", as: .recorded)
        }
        #expect(error?.code == .notFound)
    }
}
