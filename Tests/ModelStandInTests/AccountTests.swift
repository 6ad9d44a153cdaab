import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct AccountTests {
    @Test(arguments: ["/v1", "/api/v1", ""])
    func `tells what an answer cost`(prefix: String) async throws {
        try await StandInFixture.with(StandInConfiguration(prices: try StandInFixture.prices())) {
            (standIn) async throws in
            let response = try await standIn.ask(StandInFixture.streamRequest(), path: "\(prefix)/chat/completions")
            let id = try #require(response.header("X-Generation-Id"))
            let generation = try await standIn.get("\(prefix)/generation?id=\(id)")
            #expect(generation.status == 200)
            let data = try #require(try generation.json()["data"])
            let entry = try #require(standIn.bill.entry(id: id))
            #expect(data["id"]?.string == id)
            #expect(data["model"]?.string == StandInFixture.model)
            #expect(data["total_cost"]?.decimal == entry.cost?.dollars)
            #expect(data["total_cost"]?.decimal == USD(nanos: 9_500).dollars)
            #expect(data["tokens_prompt"] == 6)
            #expect(data["native_tokens_prompt"] == 6)
            #expect(data["tokens_completion"] == 4)
            #expect(data["native_tokens_completion"] == 4)
            #expect(data["streamed"] == true)
            #expect(data["finish_reason"] == "stop")
        }
    }

    @Test func `an answer is not there yet for a while`() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices(), generationDelay: 2)
        try await StandInFixture.with(configuration) { (standIn) async throws in
            func statuses(_ id: String) async throws -> [Int?] {
                var statuses: [Int?] = []
                for _ in 0..<4 { statuses.append(try await standIn.get("/v1/generation?id=\(id)").status) }
                return statuses
            }
            for _ in 0..<2 {
                let response = try await standIn.ask(StandInFixture.request())
                let id = try #require(response.header("X-Generation-Id"))
                #expect(try await statuses(id) == [404, 404, 200, 200])
            }
        }
    }

    @Test func `does not know what no model has answered`() async throws {
        let configuration = StandInConfiguration(faults: [FaultRule(model: "*", fault: .errorBody)])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let refused = try #require(try await standIn.ask(StandInFixture.request()).header("X-Generation-Id"))
            for id in [refused, "gen-unheard-of"] {
                let response = try await standIn.get("/v1/generation?id=\(id)")
                #expect(response.status == 404)
                #expect(try response.json()["error"]?["code"] == 404)
            }
            #expect(try await standIn.get("/v1/generation").status == 400)
        }
    }

    @Test(arguments: ["hang", "cut_before_headers", "cut_mid_body", "reset_after_headers", "cut_after:1"])
    func `knows an answer that the client lost`(name: String) async throws {
        let configuration = StandInConfiguration(
            prices: try StandInFixture.prices(), faults: [FaultRule(model: "*", fault: try Fault(text: name))],
            hangLimit: .milliseconds(1))
        try await StandInFixture.with(configuration) { (standIn) async throws in
            _ = try await standIn.ask(StandInFixture.streamRequest())
            let id = try #require(standIn.bill.statement.requests.first?.id)
            let data = try await standIn.get("/v1/generation?id=\(id)").json()["data"]
            #expect(data?["total_cost"]?.decimal == USD(nanos: 9_500).dollars)
        }
    }

    @Test func `an unknown cost stays unknown`() async throws {
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            let id = try #require(try await standIn.ask(StandInFixture.request()).header("X-Generation-Id"))
            #expect(try await standIn.get("/v1/generation?id=\(id)").json()["data"]?["total_cost"] == .null)
        }
    }

    @Test func `tells what the key has spent`() async throws {
        let configuration = StandInConfiguration(prices: try StandInFixture.prices(), keyLimit: USD(nanos: 15_000))
        try await StandInFixture.with(configuration) { (standIn) async throws in
            func key() async throws -> JSONValue {
                try #require(try await standIn.get("/api/v1/key").json()["data"])
            }
            #expect(try await key()["usage"]?.decimal == 0)
            _ = try await standIn.ask(StandInFixture.request())
            #expect(try await key()["usage"]?.decimal == USD(nanos: 9_500).dollars)
            #expect(try await key()["usage_daily"]?.decimal == USD(nanos: 9_500).dollars)
            #expect(try await key()["limit"]?.decimal == USD(nanos: 15_000).dollars)
            #expect(try await key()["limit_remaining"]?.decimal == USD(nanos: 5_500).dollars)
            _ = try await standIn.ask(StandInFixture.request())
            #expect(try await key()["limit_remaining"]?.decimal == 0)
        }
        try await StandInFixture.with(StandInConfiguration()) { (standIn) async throws in
            #expect(try await standIn.get("/v1/key").json()["data"]?["limit"] == .null)
        }
    }

    @Test func `wants the key where one is set`() async throws {
        try await StandInFixture.with(StandInConfiguration(apiKey: "sk-test")) { (standIn) async throws in
            for path in ["/v1/key", "/v1/generation?id=gen-1"] {
                #expect(try await standIn.get(path).status == 401)
            }
            #expect(try await standIn.get("/v1/key", headers: ["Authorization": "Bearer sk-test"]).status == 200)
            #expect(try await standIn.get("/v1/models").status == 200)
        }
    }

    @Test func `lists what a client must know of a model`() async throws {
        try await StandInFixture.with(StandInConfiguration(prices: try StandInFixture.prices())) {
            (standIn) async throws in
            for path in ["/v1/models", "/api/v1/models", "/models"] {
                let model = try #require(try await standIn.get(path).json()["data"]?[0])
                #expect(model["id"]?.string == StandInFixture.model)
                #expect(model["name"]?.string == StandInFixture.model)
                #expect(model["context_length"]?.integer == 131_072)
                #expect(model["pricing"] == ["prompt": "0.00000025", "completion": "0.000002"])
                #expect(model["supported_parameters"]?.elements?.contains("response_format") == true)
                #expect(model["expiration_date"] == .null)
            }
        }
    }
}
