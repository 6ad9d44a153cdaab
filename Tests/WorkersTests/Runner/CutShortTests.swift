import Bellhop
import Foundation
import HTTPCore
import InboxCore
import ModelClient
import Testing
import Workers

/// A handler that is stopped, by its deadline or because the workers stop.
@Suite(.timeLimit(.minutes(1))) struct CutShortTests {
    @Test func whatWasPaidForIsRecordedThoughTheWorkIsCutShort() async throws {
        let stage = Stage()
        let runner = Fixture.runner(
            ScriptedModels([.completion(#"{"label":"good"}"#)]), table: try Fixture.table(stage: stage))
        let claim = try Fixture.claim(#"{"order":"ask, then wait on stage"}"#)
        let work = Task { try await runner.run(claim) }
        for await _ in stage.arrivals { break }
        work.cancel()
        let result = try await work.value
        guard case .wait(Fixture.now, _) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(result.calls.map(\.cost) == [USD(nanos: 12000)])
    }

    @Test func aHandlerThatNeverEndsIsCutOffAtTheDeadline() async throws {
        let result = try await Fixture.run(
            #"{"order":"wait for what never comes"}"#, bounds: EventBounds(deadline: .milliseconds(50)))
        guard case .retry(_, let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("longer than events.deadline"))
        #expect(result.fingerprint == ErrorFingerprint(handlerID: "obedient", kind: "overran", detail: ""))
    }

    @Test func aHandlerThatIgnoresItsCancellationIsLeftBehindAndAsksNoMore() async throws {
        let models = ScriptedModels([.completion(#"{"label":"good"}"#)])
        let stage = Stage()
        let runner = Fixture.runner(
            models, table: try Fixture.table(stage: stage),
            bounds: EventBounds(deadline: .milliseconds(50), grace: .milliseconds(50)))
        let result = try await runner.run(try Fixture.claim(#"{"order":"ignore the cancellation"}"#))
        guard case .retry = result.outcome else { throw Unexpected(result.outcome) }
        stage.letOneGo()
        for await _ in stage.leavings { break }
        #expect(models.requests.isEmpty)
    }

    @Test func aHandlerThatMakesDoWithoutItsAnswerFinishesNothingWhenItIsCutShort() async throws {
        let models = SilentModels()
        let runner = Fixture.runner(models, table: try Fixture.table())
        let claim = try Fixture.claim(#"{"order":"ask, or make do"}"#)
        let work = Task { try await runner.run(claim) }
        for await _ in models.asked { break }
        work.cancel()
        let result = try await work.value
        guard case .wait(Fixture.now, _) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(result.calls.count == 1)
    }
}

/// Models that never answer.
private final class SilentModels: Transport {
    let asked: AsyncStream<Void>
    private let ask: AsyncStream<Void>.Continuation

    init() {
        (asked, ask) = AsyncStream.makeStream()
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        ask.yield()
        let never = AsyncStream<Void> { _ in }
        for await _ in never {}
        throw CancellationError()
    }
}
