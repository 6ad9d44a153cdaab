import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct ControlTests {
    @Test func `an outage begins and ends while the server runs`() async throws {
        let faults = FaultSwitch()
        try await StandInFixture.with(StandInConfiguration(), faults: faults) { (standIn) async throws in
            func status() async throws -> Int? {
                try await standIn.ask(StandInFixture.request()).status
            }
            #expect(try await status() == 200)
            faults.replace(with: [FaultRule(model: "*", fault: .overloaded)])
            #expect(try await status() == 529)
            #expect(try await status() == 529)
            faults.replace(with: [FaultRule(model: "*", fault: .serverError, times: 1)])
            #expect(try await status() == 500)
            #expect(try await status() == 200)
        }
    }

    @Test func `a rule with a share leaves the rest to the rules after it`() async throws {
        let configuration = StandInConfiguration(faults: [
            FaultRule(model: "*", fault: .overloaded, share: 0), FaultRule(model: "*", fault: .serverError, share: 0.5),
        ])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            var seen: Set<Int?> = []
            // Each of both is met in half of the cases: not to see one of them in 60 is not to be expected.
            for _ in 0..<60 where seen.count < 2 { seen.insert(try await standIn.ask(StandInFixture.request()).status) }
            #expect(seen == [200, 500])
        }
    }

    @Test func `the configuration's faults can be replaced as well`() async throws {
        let configuration = StandInConfiguration(faults: [FaultRule(model: "*", fault: .overloaded)])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            #expect(try await standIn.ask(StandInFixture.request()).status == 529)
            standIn.controls.faults.replace(with: [])
            #expect(try await standIn.ask(StandInFixture.request()).status == 200)
        }
    }

    @Test func `counts requests by model since a moment`() async throws {
        let configuration = StandInConfiguration(faults: [FaultRule(model: "a", fault: .serverError)])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let counter = standIn.controls.arrivals
            for model in ["a", "b", "a"] {
                _ = try await standIn.ask(StandInFixture.request(model: model))
            }
            let moment = counter.arrivals
            #expect(moment["a"] == 2)
            #expect(moment["b"] == 1)
            for model in ["b", "c"] {
                _ = try await standIn.ask(StandInFixture.request(model: model))
            }
            _ = try await standIn.ask(["model": "unreadable"])
            let later = counter.arrivals.since(moment)
            #expect(["a", "b", "c"].map { later[$0] } == [0, 1, 1])
            #expect(later.total == 3)
            #expect(counter.arrivals.total == 6)
        }
    }

    @Test func `prices change while the server runs`() async throws {
        let prices = try StandInFixture.prices()
        let dearer = ModelPrice(
            prompt: try #require(TokenPrice(picos: 1_000_000)), completion: try #require(TokenPrice(picos: 0)))
        try await StandInFixture.with(StandInConfiguration(prices: prices)) { (standIn) async throws in
            let board = standIn.controls.prices
            func listed() async throws -> String? {
                try await standIn.get("/v1/models").json()["data"]?[0]?["pricing"]?["prompt"]?.string
            }
            func charged() async throws -> USD? {
                _ = try await standIn.ask(StandInFixture.request())
                return standIn.bill.statement.requests.last?.cost
            }
            #expect(try await listed() == "0.00000025")
            #expect(try await charged() == USD(nanos: 9_500))
            board.charged = [StandInFixture.model: dearer]
            #expect(try await listed() == "0.000001")
            #expect(try await charged() == USD(nanos: 6_000))
            board.list(prices)
            #expect(try await listed() == "0.00000025")
            #expect(try await charged() == USD(nanos: 6_000))
            board.list(nil)
            #expect(try await listed() == "0.000001")
        }
    }

    @Test func `the list of models may differ from what is charged`() async throws {
        let free = ModelPrice(prompt: .free, completion: .free)
        let configuration = StandInConfiguration(
            prices: try StandInFixture.prices(), listedPrices: [StandInFixture.model: free])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let list = try await standIn.get("/v1/models").json()
            #expect(list["data"]?[0]?["pricing"] == ["prompt": "0", "completion": "0"])
            _ = try await standIn.ask(StandInFixture.request())
            #expect(standIn.bill.statement.cost == USD(nanos: 9_500))
        }
    }
}
