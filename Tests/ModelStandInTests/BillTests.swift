import Foundation
import Testing
import Vocabulary

@testable import ModelStandIn

struct BillTests {
    @Test func keepsTheLastRequestsAndTheTotalsOfAll() {
        let bill = Bill(capacity: 3)
        for number in 1...7 {
            bill.record(Self.request("a", cost: USD(nanos: Int64(number)), fault: number == 2 ? "slow:1" : nil))
        }
        #expect(bill.statement.requests.map(\.sequence) == [5, 6, 7])
        #expect(bill.statement.requests.map(\.cost) == [5, 6, 7].map { USD(nanos: $0) })
        #expect(bill.statement.cost == USD(nanos: 28))
        #expect(bill.statement.totals.map(\.requests) == [7])
        #expect(bill.statement.totals.map(\.faults) == [1])
        #expect(bill.statement.totals.map(\.promptTokens) == [70])
        #expect(bill.statement.totals.map(\.completionTokens) == [14])
    }

    @Test func totalsAreByModelAndUnknownCostsAreCountedApart() {
        let bill = Bill()
        bill.record(Self.request("b", cost: nil))
        bill.record(Self.request("a", cost: USD(nanos: 2)))
        #expect(bill.statement.totals.map(\.model) == ["a", "b"])
        #expect(bill.statement.totals.map(\.unpriced) == [0, 1])
        #expect(bill.statement.requests.map(\.cost) == [nil, USD(nanos: 2)])
    }

    @Test func madeUpModelsDoNotFillTheMemory() {
        let bill = Bill(capacity: 1)
        for number in 0..<3_000 {
            bill.record(Self.request("model-\(number)", cost: USD(nanos: 1)))
        }
        #expect(bill.statement.totals.count <= 1_001)
        #expect(bill.statement.cost == USD(nanos: 3_000))
    }

    @Test func manyTasksMayRecordAtOnce() async {
        let bill = Bill(capacity: 10)
        await withDiscardingTaskGroup { group in
            for _ in 0..<500 {
                group.addTask { bill.record(Self.request("a", cost: USD(nanos: 1))) }
            }
        }
        #expect(bill.statement.totals.map(\.requests) == [500])
        #expect(bill.statement.requests.map(\.sequence) == Array(491...500))
    }

    @Test func theServedBillIsTheSameStatement() async throws {
        try await StandInFixture.with(StandInConfiguration(prices: try StandInFixture.prices())) { standIn in
            _ = try await standIn.ask(StandInFixture.request())
            let served = try await standIn.get("/bill")
            #expect(try JSONDecoder().decode(BillStatement.self, from: served.body) == standIn.bill.statement)
            let entry = try #require(try served.json()["requests"]?[0])
            #expect(entry["sequence"] == 1)
            #expect(entry["task"] == "classification")
            #expect(entry["answer"] == "verdict")
            #expect(entry["cost_nanos"] == 9_500)
        }
    }

    @Test func `finds an answer by its id while it is kept`() {
        let bill = Bill(capacity: 2)
        for id in ["a", "b", "c"] {
            bill.record(Self.request("m", id: id, cost: USD(nanos: Int64(id.utf8.count))))
        }
        #expect(bill.entry(id: "a") == nil)
        #expect(bill.entry(id: "b")?.sequence == 2)
        #expect(bill.entry(id: "c")?.sequence == 3)
        #expect(bill.cost == USD(nanos: 3))
    }

    private static func request(_ model: String, id: String = "gen", cost: USD?, fault: String? = nil) -> BilledRequest
    {
        BilledRequest(
            id: id, created: Date(timeIntervalSince1970: 0), model: model, status: 200, fault: fault,
            charge: Outcome.Charge(
                tokens: TokenCount(prompt: 10, completion: 2), cost: cost, model: model, finishReason: "stop",
                isStream: false))
    }
}
