import BellhopConfiguration
import Foundation
import Testing
import Vocabulary

@Suite struct RoutingOverviewTests {
    @Test func `shows routes with prices, fast and emergency models, budgets and what policies leave`() throws {
        let overview = RoutingOverview(
            try Sample.settings(
                adding: """
                    latency_critical: { models: [small], deadline: 2.5s }
                    budgets: { daily: 20, emergency_models: [small], credit_fee: 25, time_zone: Europe/Berlin }
                    data_policy: { shops: { Kelp-and-Cotton.myshopify.com: { no_training: true } } }
                    """,
                replacing: ("default: small", with: "default: small\n  tasks: { translation: large }")))
        #expect(overview.routes.map(\.routingClass) == ["high_volume", "creative", "complex", "any", "any"])
        let translation = try #require(overview.routes.first { $0.task == "translation" })
        let large = try #require(translation.chain.first)
        #expect([large.model, large.provider, large.prompt, large.completion] == ["large", "local", "3", "15"])
        #expect(overview.routes.last?.isLatencyCritical == true)
        #expect(overview.latencyDeadline == 2.5)
        #expect(overview.emergencyModels.map(\.model) == ["small"])
        #expect(overview.budgets.map(\.scope) == ["all calls"])
        #expect(overview.budgets.map(\.ceiling) == [.cents(2400)])
        #expect(overview.budgets.map(\.withFee) == [.cents(2500)])
        #expect(overview.timeZone == "Europe/Berlin")
        #expect(overview.policies.count == 5)
        #expect(overview.policies.allSatisfy { $0.subject == "shop kelp-and-cotton.myshopify.com" })
        #expect(overview.policies.allSatisfy { $0.asks == ["no training"] && $0.left.isEmpty })
        #expect(overview.warnings.count == 1)
    }

    @Test func `is JSON for programs`() throws {
        let data = try JSONEncoder().encode(RoutingOverview(try Sample.settings()))
        let json = try JSONValue(parsing: data)
        #expect(json["routes"]?[0]?["chain"]?[0]?["prompt"] == "0.1")
        #expect(json["budgets"] == [])
    }
}
