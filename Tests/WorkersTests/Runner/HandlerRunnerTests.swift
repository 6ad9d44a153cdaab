import Bellhop
import Foundation
import HTTPCore
import InboxCore
import ModelClient
import Testing
import Workers

/// What becomes of an event.
@Suite(.timeLimit(.minutes(1))) struct HandlerRunnerTests {
    @Test func aHandlerThatReturnsIsDoneWithItsEffects() async throws {
        let result = try await Fixture.run(#"{"order":"finish"}"#)
        guard case .done(let effects) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(effects == [.tag(.order(1), ["done"])])
        #expect(result.calls.isEmpty)
    }

    @Test(arguments: [true, false])
    func aStaleEventIsSkippedWhereTheSubscriptionSaysSo(skips: Bool) async throws {
        var table = HandlerTable()
        table.bind(try RegisteredHandler(Obedient.self, terms: SubscriptionTerms(skipsStale: skips)), to: "tests/run")
        var claim = try Fixture.claim(#"{"order":"tell whether stale"}"#)
        claim.isStale = true
        let result = try await Fixture.runner(ScriptedModels([]), table: table).run(claim)
        switch result.outcome {
        case .skipped: #expect(skips)
        case .done(let effects): #expect(!skips && effects == [.tag(.order(1), ["stale"])])
        default: throw Unexpected(result.outcome)
        }
    }

    @Test func anUndecodableBodyIsHeldWithItsPlaceAndNoValue() async throws {
        let result = try await Fixture.run(#"{"order":{"secret":"zoe@example.com"}}"#)
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("order"))
        #expect(!reason.contains("zoe"))
    }

    @Test func aBodyThatIsNotJSONIsHeld() async throws {
        let result = try await Fixture.run("not json")
        guard case .held = result.outcome else { throw Unexpected(result.outcome) }
    }

    @Test func aHandlerMayHoldTheEvent() async throws {
        let result = try await Fixture.run(#"{"order":"hold"}"#)
        guard case .held("a person should look") = result.outcome else { throw Unexpected(result.outcome) }
    }

    @Test func aHandlerMayAskForALaterTime() async throws {
        let result = try await Fixture.run(#"{"order":"later"}"#)
        guard case .retry(let date, _) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(date == Fixture.now + 90)
    }

    @Test func anEffectThatIsNotDeclaredIsRefused() async throws {
        let result = try await Fixture.run(#"{"order":"overstep"}"#)
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("note"))
    }

    @Test func anUnknownErrorIsRetriedWithoutRepeatingItsWords() async throws {
        let result = try await Fixture.run(#"{"order":"fail"}"#)
        guard case .retry(let date, let reason) = result.outcome else { throw Unexpected(result.outcome) }
        // Half of the base of ten seconds.
        #expect(date == Fixture.now + 5)
        #expect(reason.contains("Mishap"))
        #expect(!reason.contains("zoe"))
    }

    @Test func theLastFailedAttemptIsDead() async throws {
        let result = try await Fixture.run(#"{"order":"fail"}"#, attempt: 3)
        guard case .dead = result.outcome else { throw Unexpected(result.outcome) }
    }

    @Test func aJobWhoseHandlerIsGoneIsHeld() async throws {
        let runner = Fixture.runner(ScriptedModels([]), table: try Fixture.table())
        let result = try await runner.run(try Fixture.claim("{}", handler: "removed"))
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("removed"))
    }

    @Test func anEffectThatCannotBeReadBackHoldsTheEvent() async throws {
        let result = try await Fixture.run(#"{"order":"post what cannot be read back"}"#)
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("cannot be stored as JSON"))
    }

    @Test(arguments: [(197, true), (198, true), (199, false), (200, false)])
    func anEffectIsHeldWhenWhatIsWrittenAroundItMakesItTooDeep(levels: Int, isStored: Bool) async throws {
        let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let result = try await Fixture.run(#"{"order":"post the body","text":"\#(text)"}"#)
        switch result.outcome {
        case .done: #expect(isStored)
        case .held: #expect(!isStored)
        default: throw Unexpected(result.outcome)
        }
    }
}
