import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct MaxPriceTests {
    /// The model costs 0.25 and 2.00 dollars per million tokens.
    @Test(
        arguments: [
            (["prompt": "0.25", "completion": "2"], true), (["prompt": .number(0.25), "completion": 3], true),
            (["completion": "3"], true), (["prompt": .null], true), ([:], true),
            (["prompt": "0.2499", "completion": "5"], false), (["prompt": "1", "completion": "1.99"], false),
            (["completion": 0], false),
        ] as [(JSONValue, Bool)])
    func `a model above the limit is not asked`(limit: JSONValue, isAnswered: Bool) async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let request = StandInFixture.request(extra: ["provider": ["max_price": limit]])
            let response = try await standIn.ask(request)
            #expect(response.status == (isAnswered ? 200 : 404))
            guard !isAnswered else { return }
            let error = try #require(try response.json()["error"])
            #expect(error["code"] == nil)
            #expect(error["http_status"] == 404)
            #expect(error["error_type"] == "not_found")
            #expect(error["availability"]?["code"] == "constraint_filtered")
            #expect(error["availability"]?["excluded_by"] == ["max_price"])
            #expect(error["availability"]?["retryable"] == false)
            #expect(standIn.bill.statement.cost == .zero)
        }
    }

    @Test func `what is charged counts and not what is listed`() async throws {
        let configuration = StandInConfiguration(
            prices: try StandInFixture.prices(),
            listedPrices: [StandInFixture.model: ModelPrice(prompt: .free, completion: .free)])
        let limit: JSONValue = ["max_price": ["prompt": "0.1"]]
        try await StandInFixture.with(configuration) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request(extra: ["provider": limit])).status == 404)
            let unpriced = StandInFixture.request(model: "made/up", extra: ["provider": limit])
            #expect(try await standIn.ask(unpriced).status == 200)
        }
    }
}
