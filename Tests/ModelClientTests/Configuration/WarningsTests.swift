import ModelClient
import Testing
import Vocabulary

struct WarningsTests {
    /// The provider "one" works in the eu, "two" nobody knows where.
    private static func sample(_ change: (inout ModelClientConfiguration) -> Void) -> ModelClientConfiguration {
        var configuration = ModelClientConfiguration.sample()
        configuration.providers[0].dataHandling = DataHandling(regions: ["eu"])
        change(&configuration)
        return configuration
    }

    private static let inEurope = DataPolicy(regions: ["eu"])

    @Test func `finds none without policies and budgets`() {
        #expect(Self.sample { _ in }.warnings() == [])
    }

    @Test func `a policy that leaves some models is no warning`() {
        let configuration = Self.sample { $0.policies.standard = Self.inEurope }
        #expect(configuration.warnings() == [])
        let cuts = configuration.policyCuts
        #expect(Set(cuts.map { "\($0.route)" }) == ["class high_volume", "class creative", "class complex"])
        #expect(cuts.allSatisfy { $0.left.map(\.name) == ["a", "b", "c"] })
    }

    @Test func `a policy that leaves a task no model is told once, with the kinds of work`() throws {
        let configuration = Self.sample {
            $0.routing.tasks[.translation] = "d"
            $0.policies.tasks[.translation] = Self.inEurope
            $0.policies.tasks[.extraction] = DataPolicy(noTraining: true)
        }
        let warnings = configuration.warnings()
        #expect(
            warnings.map(\.path) == [["data_policy", "tasks", "extraction"], ["data_policy", "tasks", "translation"]])
        #expect(warnings.first?.message.contains("class high_volume, class creative, class complex") == true)
        #expect(warnings.last?.message.contains("leaves no model for: task translation") == true)
    }

    @Test func `a shop's policy is held together with the broader ones, which are not told again`() {
        let configuration = Self.sample {
            $0.routing.tasks[.translation] = "d"
            $0.policies.standard = Self.inEurope
            $0.policies.labels = ["shop": ["a.example.com": DataPolicy(zeroRetention: true)]]
        }
        let warnings = configuration.warnings()
        #expect(warnings.map(\.path) == [["data_policy", "standard"], ["data_policy", "shops", "a.example.com"]])
        #expect(warnings.last?.message.contains("task translation") == false)
    }

    @Test func `models behind the limit move up where a policy takes others away`() {
        let configuration = Self.sample {
            $0.limits.maxModels = 2
            $0.models[1].dataHandling = .unknown
            $0.policies.standard = Self.inEurope
        }
        #expect(configuration.policyCuts.first?.left.map(\.name) == ["a", "c"])
    }

    @Test func `OpenRouter can be told not to train and not to keep`() {
        let configuration = Self.sample {
            $0.providers[0].dialect = .openRouter
            $0.policies.standard = DataPolicy(noTraining: true, zeroRetention: true)
        }
        #expect(configuration.policyCuts.first?.left.map(\.name) == ["a", "b", "c"])
    }

    @Test func `an emergency model that is dearer than the default is named`() {
        let configuration = Self.sample {
            $0.models[1].completionPrice = TokenPrice(picos: 11_000_000)
            $0.budgets = BudgetRules(budgets: [Budget(.all, daily: .cents(1))], emergencyModels: ["c", "b"])
        }
        let warnings = configuration.warnings()
        #expect(warnings.map(\.path) == [["budgets", "emergency_models", "1"]])
        #expect(warnings.first?.message.contains("\"b\" is dearer than the default \"a\"") == true)
    }

    @Test func `a budget without an emergency model is told`() {
        let configuration = Self.sample { $0.budgets = BudgetRules(budgets: [Budget(.all, daily: .cents(1))]) }
        #expect(configuration.warnings().map(\.path) == [["budgets"]])
    }

    @Test func `routes are those that the configuration treats in their own way`() {
        let configuration = Self.sample {
            $0.routing.tasks[.translation] = "d"
            $0.routing.lifts[.extraction] = "b"
            $0.latency.models = ["c", "b"]
        }
        let routes = configuration.plannedRoutes
        #expect(
            routes.map(\.description) == [
                "class high_volume", "class creative", "class complex", "task translation",
                "hard questions of the task extraction", "latency-critical calls",
            ])
        #expect(routes.last?.chain.map(\.name) == ["c", "b"])
        #expect(Set(configuration.reachableModels.map(\.name)) == ["a", "b", "c", "d"])
    }
}
