import Bellhop
import Foundation
import HTTPCore
import InboxCore
import ModelClient
import Synchronization
import Testing

@testable import Workers

/// A question that was answered is not asked again.
@Suite(.timeLimit(.minutes(5))) struct DurableStepsTests {
    private let good = TransportResponse.completion(#"{"label":"good"}"#)
    private let bad = TransportResponse.completion(#"{"label":"bad"}"#)

    /// Runs a handler on what earlier runs left in the journal.
    private func run(
        _ body: String, _ replies: [TransportResponse], steps: [JournaledStep] = [], attempt: Int = 1,
        as kind: RunKind = .live, redact: Set<PersonalData> = []
    ) async throws -> (result: JobResult, asked: Int, keeper: JournalKeeper) {
        let models = ScriptedModels(replies)
        let keeper = JournalKeeper()
        let runner = Fixture.runner(models, table: try Fixture.table(redact: redact), ledger: keeper)
        let claim = try Fixture.claim(body, attempt: attempt, steps: steps)
        return (try await runner.run(claim, as: kind), models.requests.count, keeper)
    }

    private func tags(_ result: JobResult) throws -> [Effect] {
        guard case .done(let effects) = result.outcome else { throw Unexpected(result.outcome) }
        return effects
    }

    @Test func `an accepted answer is journaled under the lease of its job`() async throws {
        let first = try await run(#"{"order":"ask three"}"#, [good, bad, good])
        #expect(first.keeper.steps.map(\.name) == ["Verdict", "Verdict", "last"])
        #expect(first.keeper.steps.map(\.occurrence) == [0, 1, 0])
        #expect(first.keeper.steps.map(\.answer) == [["label": "good"], ["label": "bad"], ["label": "good"]])
        #expect(first.keeper.steps.allSatisfy { $0.digest.count == 32 && $0.model == "cheap" })
        #expect(Set(first.keeper.steps.map(\.digest)).count == 3)
        #expect(first.keeper.notes.allSatisfy { $0.jobID == 1 && $0.lease.token == 1 && $0.lease.epoch == 1 })
        #expect(first.result.calls.allSatisfy { $0.journal == nil })
    }

    @Test func `a run that comes again gets the recorded answers and asks nobody`() async throws {
        let first = try await run(#"{"order":"ask three"}"#, [good, bad, good])
        let second = try await run(#"{"order":"ask three"}"#, [], steps: first.keeper.steps, attempt: 2)
        #expect(second.asked == 0)
        #expect(try tags(second.result) == tags(first.result))
        #expect(second.result.calls.map(\.journal) == [.recorded, .recorded, .recorded])
        #expect(second.result.calls.map(\.model) == ["cheap", "cheap", "cheap"])
        #expect(second.result.calls.map(\.cost).total() == .zero)
        #expect(second.result.calls.allSatisfy { $0.attempts.isEmpty })
        #expect(second.keeper.reservations.isEmpty)
    }

    @Test func `only what has no recorded answer is asked`() async throws {
        let first = try await run(#"{"order":"ask three"}"#, [good, .rateLimited])
        guard case .wait = first.result.outcome else { throw Unexpected(first.result.outcome) }
        let second = try await run(#"{"order":"ask three"}"#, [bad, good], steps: first.keeper.steps)
        #expect(second.asked == 2)
        #expect(second.result.calls.map(\.journal) == [.recorded, nil, nil])
        #expect(try tags(second.result) == [.tag(.order(1), ["good", "bad", "good"])])
    }

    @Test func `a question with other data is asked anew, and flagged`() async throws {
        let first = try await run(#"{"order":"ask three","text":"a"}"#, [good])
        let second = try await run(#"{"order":"ask three","text":"b"}"#, [bad], steps: first.keeper.steps)
        #expect(second.asked == 1)
        #expect(second.result.calls.map(\.journal) == [.changed, .recorded, .recorded])
        #expect(try tags(second.result) == [.tag(.order(1), ["bad", "good", "good"])])
        #expect(second.keeper.steps.map(\.answer) == [["label": "bad"]])
    }

    @Test func `what a subscription redacts since then makes another question of it`() async throws {
        let body = #"{"order":"ask","text":"mail zoe@example.com"}"#
        let first = try await run(body, [good])
        let second = try await run(body, [good], steps: first.keeper.steps, redact: [.email])
        #expect(second.result.calls.map(\.journal) == [.changed])
    }

    @Test(arguments: [
        #"{"label":"perhaps"}"#, #"{"label":"bad"}"#, #"{"lable":"good"}"#, #""good""#,
    ])
    func `an answer that no longer passes the checks is asked for again`(stored: String) async throws {
        let first = try await run(#"{"order":"ask for a good one"}"#, [good])
        var step = try #require(first.keeper.steps.first)
        step.answer = try JSONValue(parsing: Data(stored.utf8))
        let second = try await run(#"{"order":"ask for a good one"}"#, [good], steps: [step])
        #expect(second.asked == 1)
        #expect(second.result.calls.map(\.journal) == [.outdated])
    }

    @Test func `models, prices and routing classes are no part of a question`() async throws {
        let first = try await run(#"{"order":"ask"}"#, [good])
        var models = Fixture.models
        models.routing = RoutingMatrix(defaultModel: "premium")
        let transport = ScriptedModels([])
        let runner = Fixture.runner(transport, table: try Fixture.table(model: "premium"), models: models)
        let second = try await runner.run(try Fixture.claim(#"{"order":"ask"}"#, steps: first.keeper.steps))
        #expect(second.calls.map(\.journal) == [.recorded])
        #expect(transport.requests.isEmpty)
    }

    @Test func `an answer with every kind of number comes back as it was`() throws {
        let text =
            #"{"a":[0.1,1e-20,12345678901234567890.123,9223372036854775807,-0.07,1e30,3.0],"b":null,"c":"é\u0000"}"#
        let answer = try JSONValue(parsing: Data(text.utf8))
        let step = JournaledStep(
            name: "s", occurrence: 3, digest: Data([1, 2]), answer: answer, model: "m", at: Fixture.now)
        let note = JournalNote(step, of: try Fixture.claim("{}"))
        #expect(JournalNote(decoding: try note.encoded()) == note)
    }

    @Test(arguments: ["", "{}", "[1]", "not json", #"{"job":1,"token":1,"epoch":1,"name":"x","occurrence":-1e99}"#])
    func `a note of somebody else is no step`(text: String) {
        #expect(JournalNote(decoding: Data(text.utf8)) == nil)
    }

    @Test func `two questions at once under one name are refused with the way out`() async throws {
        // The first is under way for as long as the second has not come.
        let runner = Fixture.runner(HangingModels(), table: try Fixture.table())
        let result = try await runner.run(try Fixture.claim(#"{"order":"ask two at once under one name"}"#))
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("Verdict") && reason.contains("step"))
    }

    @Test func `two questions at once under names of their own are both replayed`() async throws {
        let first = try await run(#"{"order":"ask twice"}"#, [good])
        #expect(Set(first.keeper.steps.map(\.name)) == ["one", "two"])
        let second = try await run(#"{"order":"ask twice"}"#, [], steps: first.keeper.steps)
        #expect(second.result.calls.map(\.journal) == [.recorded, .recorded])
    }

    @Test func `a question that is another one each time makes its waits count`() async throws {
        let first = try await run(#"{"order":"ask something new"}"#, [good, .rateLimited])
        guard case .wait = first.result.outcome else { throw Unexpected(first.result.outcome) }
        let second = try await run(
            #"{"order":"ask something new"}"#, [good, .rateLimited], steps: first.keeper.steps, attempt: 2)
        guard case .retry = second.result.outcome else { throw Unexpected(second.result.outcome) }
        #expect(second.result.calls.map(\.journal) == [.changed, nil])
    }

    @Test func `an attempt that failed after its answer is not paid for again`() async throws {
        let inbox = MemoryInbox()
        let keeper = JournalKeeper()
        let models = ScriptedModels([good])
        let runner = Fixture.runner(models, table: try Fixture.table(), ledger: keeper)
        _ = await inbox.accept(
            try Fixture.delivery(#"{"order":"ask, then fail"}"#), handlers: ["obedient"], holdReason: nil)
        for attempt in 1...3 {
            let later = Fixture.now + TimeInterval(attempt * 1000)
            let claim = try #require(await inbox.claim(limit: 1, now: later, leaseFor: .seconds(60)).first)
            let result = try await runner.run(claim)
            for note in keeper.notes { await inbox.record(note) }
            #expect(await inbox.finish(claim, with: result))
        }
        #expect(models.requests.count == 1)
        let job = try #require(await inbox.list(EventFilter()).first)
        #expect(job.state == .dead)
        #expect(job.cost == USD(nanos: 12000))
    }

    @Test func `a rehearsal with models asks everything and journals nothing`() async throws {
        let first = try await run(#"{"order":"ask three"}"#, [good])
        let second = try await run(#"{"order":"ask three"}"#, [bad], steps: first.keeper.steps, as: .rehearsal)
        #expect(second.asked == 3)
        #expect(second.result.calls.allSatisfy { $0.journal == nil })
        #expect(second.keeper.steps.isEmpty)
        #expect(second.keeper.reservations.allSatisfy { $0.labels["rehearsal"] == "yes" })
        #expect(first.keeper.reservations.allSatisfy { $0.labels["rehearsal"] == nil })
    }

    @Test func `a rehearsal from the journal asks nobody`() async throws {
        let first = try await run(#"{"order":"ask three","text":"a"}"#, [good])
        let again = try await run(
            #"{"order":"ask three","text":"a"}"#, [good], steps: first.keeper.steps, as: .recorded)
        #expect(try tags(again.result).count == 1)
        #expect(again.asked == 0)

        let changed = try await run(
            #"{"order":"ask three","text":"b"}"#, [good], steps: first.keeper.steps, as: .recorded)
        guard case .held(let reason) = changed.result.outcome else { throw Unexpected(changed.result.outcome) }
        #expect(reason.contains("Verdict is not the one that was recorded"))
        #expect(changed.result.calls.map(\.journal) == [.changed])
        #expect(changed.asked == 0)

        let missing = try await run(
            #"{"order":"ask three","text":"a"}"#, [good], steps: Array(first.keeper.steps.prefix(2)), as: .recorded)
        guard case .held(let words) = missing.result.outcome else { throw Unexpected(missing.result.outcome) }
        #expect(words.contains("last has no recorded answer"))
        #expect(missing.result.calls.map(\.journal) == [.recorded, .recorded, .missing])
    }

    @Test func `a question cut short leaves the requests it had made in the record`() async throws {
        let models = HangingModels(after: .unavailable)
        var configuration = Fixture.models
        configuration.models[0].fallbacks = ["premium"]
        let runner = Fixture.runner(models, table: try Fixture.table(), models: configuration)
        let claim = try Fixture.claim(#"{"order":"ask"}"#)
        let work = Task { try await runner.run(claim) }
        for await _ in models.hanging { break }
        work.cancel()
        let result = try await work.value
        guard case .wait(Fixture.now, _) = result.outcome else { throw Unexpected(result.outcome) }
        let call = try #require(result.calls.first)
        #expect(call.model == nil)
        #expect(call.attempts.map(\.model) == ["cheap", "premium"])
        #expect(call.attempts.map(\.replaySafety) == ["refused_unbilled", "maybe_billed"])
        #expect(call.unknownCosts == 1)
    }
}

/// Models that answer what is scripted and then no more, until they are let go.
private final class HangingModels: Transport {
    let hanging: AsyncStream<Void>
    private let hangs: AsyncStream<Void>.Continuation
    private let replies: Mutex<[TransportResponse]>

    init(after replies: TransportResponse...) {
        self.replies = Mutex(replies)
        (hanging, hangs) = AsyncStream.makeStream()
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        if let reply = replies.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return reply }
        hangs.yield()
        while true { try await Task.sleep(for: .seconds(3600)) }
    }
}
