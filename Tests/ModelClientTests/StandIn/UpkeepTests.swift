import Foundation
import ModelStandIn
import Testing
import Vocabulary

@testable import ModelClient

/// Costs and prices that the client asks for beside its calls.
@Suite(.timeLimit(.minutes(5)))
struct UpkeepTests {
    private func standIn(_ fault: Fault, generationDelay: Int = 0) -> StandInConfiguration {
        var configuration = StandInConfiguration(faults: [FaultRule(model: "first", fault: fault)])
        configuration.generationDelay = generationDelay
        return configuration
    }

    @Test(arguments: [Fault.missingUsage, .cutMidBody])
    func `asks later for a cost that the answer did not tell`(fault: Fault) async throws {
        let ledger: any Ledger = MemoryLedger()
        try await StandInStage.with(standIn(fault, generationDelay: 1), ledger: ledger) { stage in
            _ = try? await stage.client.answer(.sample(.mood()))
            let entry = try #require(stage.bill.requests.first)
            #expect(try await ledger.unknownCosts(limit: 10).map(\.generationID) == [entry.id])
            var lookup = CostLookup(client: stage.client)
            // The provider does not know it yet.
            try await lookup.run()
            #expect(try await ledger.unknownCosts(limit: 10).count == 1)
            try await lookup.run()
            #expect(try await ledger.unknownCosts(limit: 10).isEmpty)
            let days = stage.client.core.today()
            let rows = try await ledger.report(CostQuery(days: days...days, groups: []))
            #expect(rows.map(\.cost).total() == stage.bill.cost)
        }
    }

    @Test func `asks later for the cost of a stream that was given up while it came`() async throws {
        let ledger: any Ledger = MemoryLedger()
        let fault = Fault.stream(.stall(afterTokens: 2))
        try await StandInStage.with(standIn(fault), inRealTime: true, ledger: ledger) { stage in
            let (events, tell) = AsyncStream.makeStream(of: Streaming.Event.self)
            var asked = ModelCall.sample()
            asked.streaming = Streaming { tell.yield($0) }
            let call = Task { [asked] in try await stage.client.answer(asked) }
            _ = await events.first {
                if case .text = $0 { true } else { false }
            }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            let entry = try #require(stage.bill.requests.first)
            #expect(try await ledger.unknownCosts(limit: 10).map(\.generationID) == [entry.id])
            var lookup = CostLookup(client: stage.client)
            try await lookup.run()
            #expect(try await ledger.unknownCosts(limit: 10).isEmpty)
        }
    }

    @Test func `corrects the budget with a cost that became known`() async throws {
        let ledger: any Ledger = MemoryLedger()
        let daily = USD.cents(100)
        try await StandInStage.with(
            standIn(.missingUsage), ledger: ledger, adjust: { $0.budgets.budgets = [Budget(.all, daily: daily)] }
        ) { stage in
            _ = try await stage.client.answer(.sample(.mood()))
            let before = stage.client.core.charged(BudgetAccount(scope: .all))
            #expect(before > stage.bill.cost)
            var lookup = CostLookup(client: stage.client)
            try await lookup.run()
            #expect(stage.client.core.charged(BudgetAccount(scope: .all)) == stage.bill.cost)
        }
    }

    @Test func `takes over the prices that a provider lists, and tells of each that changed once`() async throws {
        var configuration = StandInConfiguration()
        let dearer = try #require(TokenPrice(picos: 40_000_000))
        configuration.listedPrices = ["first": ModelPrice(prompt: dearer, completion: dearer)]
        try await StandInStage.with(configuration) { stage in
            let alerts = stage.client.alerts
            try await stage.client.refreshPrices()
            try await stage.client.refreshPrices()
            #expect(stage.client.core.prices["first"] == PricePair(prompt: dearer, completion: dearer))
            var told = alerts.makeAsyncIterator()
            guard case .priceChanged(model: "first", _, let to)? = await told.next() else {
                Issue.record("no word of the change")
                return
            }
            #expect(to.prompt == dearer)
            // The price counts: with it the answer is over a limit that it was within before.
            let size = PromptSize(of: .sample()).bytes
            let limit = try #require(
                stage.client.configuration.models[0].cost(promptTokens: size, completionTokens: 100))
            let reply = try await stage.client.answer(.sample(spendLimit: limit))
            #expect(reply.skipped == [Skip(model: "first", reason: .overSpendLimit)])
        }
    }
}
