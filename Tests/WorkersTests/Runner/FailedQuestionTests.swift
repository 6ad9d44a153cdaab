import Bellhop
import Foundation
import HTTPCore
import InboxCore
import ModelClient
import Testing
import Workers

/// What becomes of an event whose question no model answers well.
@Suite(.timeLimit(.minutes(1))) struct FailedQuestionTests {
    @Test func aLongRetryAfterMakesTheEventWaitInsteadOfFailing() async throws {
        let result = try await Fixture.run(#"{"order":"ask"}"#, models: [.rateLimited])
        guard case .wait(let date, _) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(date == Fixture.now + 600)
        #expect(result.calls.count == 1)
    }

    @Test(arguments: [TransportResponse.unavailable, .wrongKey])
    func anOutageIsWaitedOutHoweverLongItLasts(reply: TransportResponse) async throws {
        // The last attempt that the policy allows.
        let result = try await Fixture.run(#"{"order":"ask"}"#, models: [reply], attempt: 3)
        guard case .wait(let date, let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(date >= Fixture.now + 15)
        #expect(reason.contains("cheap"))
    }

    @Test func theWaitForAnOutageGrowsWithTheAgeOfTheEvent() async throws {
        let runner = Fixture.runner(
            ScriptedModels([.unavailable]), table: try Fixture.table(), now: { Fixture.now + 400 })
        let result = try await runner.run(try Fixture.claim(#"{"order":"ask"}"#))
        guard case .wait(let date, _) = result.outcome else { throw Unexpected(result.outcome) }
        // Three quarters of 400 seconds.
        #expect(date == Fixture.now + 400 + 300)
    }

    @Test func anOutageThatMayHaveCostMoneyCountsAsAnAttempt() async throws {
        let first = try await Fixture.run(#"{"order":"ask"}"#, models: [.brokenGateway], attempt: 1)
        guard case .retry(let date, _) = first.outcome else { throw Unexpected(first.outcome) }
        #expect(date >= Fixture.now + 15)
        let last = try await Fixture.run(#"{"order":"ask"}"#, models: [.brokenGateway], attempt: 3)
        guard case .dead = last.outcome else { throw Unexpected(last.outcome) }
    }

    @Test func aWaitAfterAnAnswerThatIsJournaledCountsAsNoAttempt() async throws {
        let result = try await Fixture.run(
            #"{"order":"ask for ever"}"#, models: [.completion(#"{"label":"good"}"#), .rateLimited], attempt: 3)
        guard case .wait(let date, _) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(date == Fixture.now + 600)
        #expect(result.fingerprint == nil)
    }

    @Test func aWaitAfterAPoorAnswerThatWasPaidForCountsAsAnAttempt() async throws {
        var models = Fixture.models
        models.models[0].fallbacks = ["premium"]
        let runner = Fixture.runner(
            ScriptedModels([.completion(#"{"label":"perhaps"}"#), .rateLimited]), table: try Fixture.table(),
            models: models)
        let result = try await runner.run(try Fixture.claim(#"{"order":"ask"}"#))
        guard case .retry = result.outcome else { throw Unexpected(result.outcome) }
    }

    @Test func aRequestThatNoModelWillEverTakeIsHeld() async throws {
        let result = try await Fixture.run(#"{"order":"ask"}"#, models: [.wrongRequest])
        guard case .held = result.outcome else { throw Unexpected(result.outcome) }
    }

    @Test func aPoorAnswerFromEveryModelIsRetriedAndItsCostIsKept() async throws {
        let result = try await Fixture.run(#"{"order":"ask"}"#, models: [.completion(#"{"label":"perhaps"}"#)])
        guard case .retry = result.outcome else { throw Unexpected(result.outcome) }
        #expect(result.calls.map(\.cost) == [USD(nanos: 12000)])
        #expect(result.calls.first?.model == nil)
    }

    @Test func aDearFallbackOverTheLimitDoesNotTurnAnOutageIntoAMistake() async throws {
        var models = Fixture.models
        models.models[0].fallbacks = ["dear"]
        let price = TokenPrice(dollarsPerMillion: 1000)
        models.models.append(Model(name: "dear", provider: "test", promptPrice: price, completionPrice: price))
        let runner = Fixture.runner(ScriptedModels([.unavailable]), table: try Fixture.table(), models: models)
        let result = try await runner.run(try Fixture.claim(#"{"order":"ask"}"#))
        guard case .wait = result.outcome else { throw Unexpected(result.outcome) }
    }
}
