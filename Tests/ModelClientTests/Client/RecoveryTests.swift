import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

/// A client that takes over where an earlier process stopped: what was spent today is not open again.
@Suite(.timeLimit(.minutes(2)))
struct RecoveryTests {
    private static let ceiling = USD.cents(5)
    private let time = VirtualTime()
    private let ledger = MemoryLedger()

    /// Records a request of an earlier process, settled at the whole of the ceiling or, as after a crash, not at all.
    private func spend(on day: BudgetDay, isSettled: Bool) throws {
        let reservation = Reservation(
            id: UUID(), day: day, at: time.source.date(), provider: "one", model: "a", task: .classification,
            worstCase: Self.ceiling)
        try ledger.reserve(reservation)
        if isSettled { ledger.settle(Settlement(id: reservation.id, cost: .billed(Self.ceiling))) }
    }

    private func client() -> FallbackClient {
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: [])
        configuration.budgets = BudgetRules(budgets: [Budget(.all, daily: Self.ceiling, ceiling: Self.ceiling)])
        return FallbackClient(
            configuration: configuration, transport: ScriptedTransport(["a": [.ok("fine")]], time: time),
            ledger: ledger, time: time.source, chance: { 1 })
    }

    private var today: BudgetDay { client().core.today() }

    @Test(arguments: [true, false])
    func `what the ledger charges to today is spent`(isSettled: Bool) async throws {
        try spend(on: today, isSettled: isSettled)
        let client = client()
        try await client.recover()
        let error = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(error.code == .overBudget)
    }

    @Test func `what it charges to other days is not`() async throws {
        let day = today.number
        for other in [day - 1, day + 1, day - 10_000] { try spend(on: BudgetDay(number: other), isSettled: true) }
        let client = client()
        try await client.recover()
        #expect(try await client.answer(.sample()).model == "a")
    }
}
