import Foundation
import HTTPCore
import Synchronization
import Testing
import Vocabulary

@testable import ModelClient

@Suite(.timeLimit(.minutes(5)))
struct SharingTests {
    private let time = VirtualTime()

    private func client(
        _ script: [String: [ScriptedTransport.Exchange]], _ configuration: ModelClientConfiguration = .sample(),
        planning: @escaping FallbackClient.Planning = { _, _ in }
    ) -> FallbackClient {
        FallbackClient(
            configuration: configuration, transport: ScriptedTransport(script, time: time), time: time.source,
            chance: { 1 }, planning: planning)
    }

    @Test func `a reconfigured client has other models and the same memory`() async throws {
        let client = client([
            "a": [.status(429, headers: [("Retry-After", "600")])], "b": [.ok("one"), .ok("two")], "c": [.ok("three")],
        ])
        #expect(try await client.answer(.sample()).model == "b")
        var configuration = ModelClientConfiguration.sample()
        configuration.routing.defaultModel = "c"
        configuration.models[2].fallbacks = ["a", "b"]
        let other = try await client.reconfigured(with: configuration)
        #expect(try await other.answer(.sample()).model == "c")
        // The client of before knows its own chain still.
        #expect(try await client.answer(.sample()).model == "b")
    }

    @Test func `other budgets hold at once, also for the client of before`() async throws {
        let client = client([:])
        var configuration = ModelClientConfiguration.sample()
        configuration.budgets.budgets = [Budget(.all, daily: .zero, ceiling: .zero)]
        _ = try await client.reconfigured(with: configuration)
        let error = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(error.code == .chainExhausted)
        #expect(error.skipped.map(\.reason) == Array(repeating: .overCeiling, count: 4))
    }

    @Test func `goes to the emergency models, those of the call's own chain first, when the day's amount is spent`()
        async throws
    {
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: ["b"])
        configuration.budgets = BudgetRules(
            budgets: [Budget(.all, daily: USD(nanos: 300_000), ceiling: .cents(100))], emergencyModels: ["d", "b"])
        let client = client(["a": [.ok("dear")], "b": [.noModel], "d": [.ok("cheap")]], configuration)
        #expect(try await client.answer(.sample()).model == "a")
        let reply = try await client.answer(.sample())
        #expect(reply.model == "d")
        #expect(reply.attempts.map(\.model) == ["b", "d"])
    }

    @Test func `tells every listener of alerts`() async throws {
        let client = client(["a": [.noModel], "b": [.ok("fine")]])
        let listeners = [client.alerts, client.alerts]
        _ = try await client.answer(.sample())
        for listener in listeners {
            #expect(await listener.first { _ in true } == .unknownModel("a", provider: "one"))
        }
    }

    @Test func `a plan can be changed before the call begins`() async throws {
        let client = client(["c": [.ok("fine")]]) { call, plan in
            if call.labels["share"] == "new" { plan.targets = plan.targets.filter { $0.model.name == "c" } }
        }
        var call = ModelCall.sample()
        call.labels = ["share": "new"]
        let reply = try await client.answer(call)
        #expect(reply.model == "c")
        #expect(!reply.isFallback)
    }

    @Test func `asks fast models with less time when somebody waits`() async throws {
        var configuration = ModelClientConfiguration.sample()
        configuration.latency = LatencyRules(models: ["d", "c"], deadline: .seconds(8))
        let transport = ScriptedTransport(["d": [.ok("fine")]], time: time)
        let client = FallbackClient(transport, configuration, time: time)
        var call = ModelCall.sample()
        call.routing.isLatencyCritical = true
        let reply = try await client.answer(call)
        #expect(reply.model == "d")
        #expect(!reply.isFallback)
        #expect(transport.sent.map(\.limits.total) == [.seconds(4)])
    }

    @Test func `shows data only to models that satisfy the policy`() async throws {
        var configuration = ModelClientConfiguration.sample()
        configuration.models[1].dataHandling = DataHandling(regions: ["eu"], noTraining: true)
        configuration.models[3].dataHandling = DataHandling(regions: ["eu"], noTraining: true, zeroRetention: true)
        configuration.policies.labels = ["shop": ["strict.example.com": DataPolicy(zeroRetention: true)]]
        let client = client(["b": [.ok("fine")], "d": [.ok("fine")]], configuration)
        var call = ModelCall.sample()
        call.policy = DataPolicy(regions: ["eu", "uk"])
        #expect(try await client.answer(call).model == "b")
        call.labels = ["shop": "strict.example.com"]
        #expect(try await client.answer(call).model == "d")
        call.policy = DataPolicy(regions: ["us"])
        let error = try #require(try await clientError { try await client.answer(call) })
        #expect(error.code == .noModelAllowed)
    }

    @Test func `a ledger that does not answer leaves everything as it was`() async throws {
        let ledger = FlakyLedger()
        let client = FallbackClient(
            configuration: .sample(),
            transport: ScriptedTransport(
                ["a": [.status(429, headers: [("Retry-After", "600")])], "b": [.ok("one"), .ok("two")]], time: time),
            ledger: ledger, time: time.source, chance: { 1 })
        #expect(try await client.answer(.sample()).model == "b")
        var configuration = ModelClientConfiguration.sample()
        configuration.budgets.budgets = [Budget(.all, daily: .zero, ceiling: .zero)]
        ledger.failures.withLock { $0 = 1 }
        await #expect(throws: FlakyLedger.Failure.self) { _ = try await client.reconfigured(with: configuration) }
        #expect(client.core.configuration.budgets.budgets.isEmpty)
        #expect(try await client.answer(.sample()).skipped == [Skip(model: "a", reason: .resting)])
    }

    @Test func `another budget knows what was spent before it`() async throws {
        let ledger = FlakyLedger()
        let client = FallbackClient(
            configuration: .sample(), transport: ScriptedTransport(["a": [.ok("one"), .ok("two")]], time: time),
            ledger: ledger, time: time.source, chance: { 1 })
        let spent = try await client.answer(.sample()).attempts.map(\.charged).total()
        #expect(spent > .zero)
        var configuration = ModelClientConfiguration.sample()
        configuration.budgets.budgets = [Budget(.all, daily: spent, ceiling: .cents(900))]
        _ = try await client.reconfigured(with: configuration)
        #expect(client.core.charged(BudgetAccount(scope: .all)) == spent)
    }
}
