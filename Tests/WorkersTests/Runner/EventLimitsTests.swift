import Bellhop
import Foundation
import HTTPCore
import InboxCore
import ModelClient
import Testing
import Workers

/// How much one event may ask, and what counts.
@Suite(.timeLimit(.minutes(1))) struct EventLimitsTests {
    @Test func aHandlerThatAsksForEverMeetsItsSpendLimit() async throws {
        let result = try await Fixture.run(
            #"{"order":"ask for ever"}"#, models: [.completion(#"{"label":"good"}"#, cost: "0.001")],
            bounds: EventBounds(maxRequests: 1000))
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("spend limit"))
        let spent = result.calls.map(\.cost).total()
        #expect(spent <= Obedient.spendLimit)
        #expect(spent > .cents(4))
    }

    @Test func whatEarlierRunsWereChargedCountsAgainstTheSpendLimit() async throws {
        let body = #"{"order":"ask for ever"}"#
        func spent(before charged: USD) async throws -> USD {
            let runner = Fixture.runner(
                ScriptedModels([.completion(#"{"label":"good"}"#, cost: "0.001")]), table: try Fixture.table(),
                bounds: EventBounds(maxRequests: 1000))
            let result = try await runner.run(try Fixture.claim(body, attempt: 2, charged: charged))
            guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
            #expect(reason.contains("spend limit"))
            return result.calls.map(\.cost).total()
        }
        let first = try await spent(before: .zero)
        #expect(first > .cents(4))
        #expect(try await spent(before: .cents(3)) <= Obedient.spendLimit - .cents(3))
        #expect(try await spent(before: Obedient.spendLimit) == .zero)
    }

    @Test func whatIsChargedIsRecordedWithUnknownCostsAtTheirWorstCase() async throws {
        let known = try await Fixture.run(
            #"{"order":"ask"}"#, models: [.completion(#"{"label":"good"}"#, cost: "0.002")])
        #expect(known.calls.flatMap(\.attempts).charged == USD(nanos: 2_000_000))
        let unknown = try await Fixture.run(#"{"order":"ask"}"#, models: [.brokenGateway])
        #expect(unknown.calls.map(\.unknownCosts) == [1])
        // A thousand tokens of an answer at a dollar per million, and the prompt.
        #expect(unknown.calls.flatMap(\.attempts).charged > USD(nanos: 1_000_000))
    }

    @Test func aHandlerThatAsksForEverMeetsItsRequestLimit() async throws {
        let result = try await Fixture.run(
            #"{"order":"ask for ever"}"#, models: [.completion(#"{"label":"good"}"#, cost: "0")],
            bounds: EventBounds(maxRequests: 4))
        guard case .held = result.outcome else { throw Unexpected(result.outcome) }
        #expect(result.calls.count == 4)
    }

    @Test func requestsOfUnknownCostCountAsTheirWorstCase() async throws {
        // A thousand tokens at a dollar per million and some for the prompt: more than a tenth of a cent each, of five.
        let result = try await Fixture.run(
            #"{"order":"ask whatever happens"}"#, models: [.brokenGateway], bounds: EventBounds(maxRequests: 1000))
        guard case .done = result.outcome else { throw Unexpected(result.outcome) }
        let asked = result.calls.map(\.unknownCosts).reduce(0, +)
        #expect((20..<45).contains(asked))
    }

    @Test func questionsAskedAtOnceShareOneSpendLimit() async throws {
        let result = try await Fixture.run(
            #"{"order":"ask twice"}"#, models: [.completion(#"{"label":"good"}"#, cost: "0.0495")])
        // The first leaves half a thousandth of a dollar: less than the worst case of another question.
        guard case .held(let reason) = result.outcome else { throw Unexpected(result.outcome) }
        #expect(reason.contains("spend limit"))
        #expect(result.calls.compactMap(\.model).count == 1)
    }
}
