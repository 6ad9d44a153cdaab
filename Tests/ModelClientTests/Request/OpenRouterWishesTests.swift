import Testing
import Vocabulary

@testable import ModelClient

struct OpenRouterWishesTests {
    private func wishes(
        for call: ModelCall = .sample(), policy: DataPolicy = .open, _ change: (inout Model) -> Void = { _ in }
    ) throws -> JSONValue? {
        try RequestEncoder.sample(.openRouter, change).json(for: call, policy: policy)["provider"]
    }

    @Test func `bounds the price by the list, so that no bill passes the worst case`() throws {
        #expect(try wishes() == ["max_price": ["prompt": "1", "completion": "10", "request": "0"]])
    }

    @Test(
        arguments: [
            (0, "0"), (1, "0.000001"), (83_333, "0.083333"), (250_000, "0.25"), (1_750_000, "1.75"),
            (15_000_000, "15"), (1_000_001, "1.000001"), (.max, "9223372036854.775807"),
        ] as [(Int64, String)])
    func `writes prices exactly`(picos: Int64, text: String) throws {
        let price = try #require(TokenPrice(picos: picos))
        let wishes = try wishes { $0.promptPrice = price }
        #expect(wishes?["max_price"]?["prompt"] == .string(text))
    }

    @Test func `asks for no price when one is not known`() throws {
        #expect(try wishes { $0.completionPrice = nil } == nil)
    }

    @Test func `asks for the data's policy, the call's own included`() throws {
        let none = try wishes { $0.promptPrice = nil }
        #expect(none == nil)
        let both = try wishes(policy: DataPolicy(noTraining: true, zeroRetention: true)) { $0.promptPrice = nil }
        #expect(both == ["data_collection": "deny", "zdr": true])
        var call = ModelCall.sample()
        call.policy = DataPolicy(noTraining: true)
        #expect(try wishes(for: call) { $0.promptPrice = nil } == ["data_collection": "deny"])
        #expect(
            try wishes(for: call, policy: DataPolicy(zeroRetention: true)) { $0.promptPrice = nil }
                == ["data_collection": "deny", "zdr": true])
    }

    @Test func `wants the fastest server when somebody waits`() throws {
        var call = ModelCall.sample()
        call.routing.isLatencyCritical = true
        #expect(try wishes(for: call)?["sort"] == "latency")
        #expect(try wishes()?["sort"] == nil)
    }

    @Test func `wants who honours the schema`() throws {
        #expect(try wishes(for: .sample(.mood()))?["require_parameters"] == true)
        #expect(try wishes(for: .sample(.mood())) { $0.structuredOutput = false }?["require_parameters"] == nil)
    }

    @Test func `forbids to cut the middle out of a prompt`() throws {
        let body = try RequestEncoder.sample(.openRouter).json(for: .sample())
        #expect(body["plugins"] == [["id": "context-compression", "enabled": false]])
    }

    @Test(arguments: Provider.Dialect.allCases.filter { $0 != .openRouter })
    func `are told to OpenRouter alone`(dialect: Provider.Dialect) throws {
        let body = try RequestEncoder.sample(dialect).json(
            for: .sample(), policy: DataPolicy(noTraining: true, zeroRetention: true))
        #expect(body["provider"] == nil)
        #expect(body["plugins"] == nil)
    }
}
