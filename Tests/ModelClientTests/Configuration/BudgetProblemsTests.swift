import Foundation
import ModelClient
import Testing
import Vocabulary

struct BudgetProblemsTests {
    private func sample(_ budgets: [Budget], emergency: [String] = ["b"]) -> ModelClientConfiguration {
        var configuration = ModelClientConfiguration.sample()
        configuration.budgets = BudgetRules(budgets: budgets, emergencyModels: emergency)
        return configuration
    }

    private static let day = Budget(.all, daily: .cents(100))

    @Test func `finds none in good budgets`() {
        let configuration = sample([
            Self.day, Budget(.each(label: "shop"), daily: .cents(50)),
            Budget(.only(label: "shop", value: "a.example.com"), daily: .cents(60)),
        ])
        #expect(configuration.problems() == [])
    }

    @Test(arguments: ["", "Europe/Berlinn", "Mars/Olympus"])
    func `a time zone must exist`(zone: String) throws {
        var configuration = sample([])
        configuration.budgets.timeZone = zone
        let problem = try #require(configuration.problems().first)
        #expect(problem.path == ["budgets", "time_zone"])
        #expect(problem.message.contains("Europe/Berlin\""))
    }

    @Test func `a ceiling must not be below the daily amount, and the place of its scope is told`() {
        var low = Budget(.each(label: "shop"), daily: .cents(50))
        low.ceiling = .cents(49)
        let problems = sample([Self.day, Budget(.each(label: "team"), daily: .cents(1)), low]).problems()
        #expect(problems.map(\.path) == [["budgets", "scopes", "1", "ceiling"]])
        #expect(problems.first?.message.contains("each shop") == true)
        #expect(problems.first?.message.contains("write $0.500000 or more") == true)
    }

    @Test func `a scope must not be there twice`() {
        let scope = Budget.Scope.only(label: "task", value: "translation")
        let problems = sample([Budget(scope, daily: .cents(1)), Self.day, Budget(scope, daily: .cents(2))]).problems()
        #expect(problems.map(\.path) == [["budgets", "scopes", "1"]])
    }

    @Test func `emergency models must be there`() {
        let problems = sample([Self.day], emergency: ["b", "bb"]).problems()
        #expect(problems.map(\.path) == [["budgets", "emergency_models", "1"]])
    }

    @Test func `beside a budget every model that can be reached needs a price`() {
        var configuration = sample([Self.day])
        configuration.models[2].completionPrice = nil
        configuration.models.append(Model(name: "spare", provider: "one"))
        #expect(configuration.problems().map(\.path) == [["models", "c"]])
        configuration.budgets.emergencyModels.append("spare")
        #expect(configuration.problems().map(\.path) == [["models", "c"], ["models", "spare"]])
        configuration.budgets.budgets = []
        #expect(configuration.problems() == [])
    }

    @Test func `a fee for credit comes on top of what is billed, rounded up`() {
        let rules = BudgetRules(creditFee: 5.5)
        #expect(rules.withFee(USD(nanos: 20_000_000_000)) == USD(nanos: 21_100_000_000))
        #expect(rules.withFee(USD(nanos: 1)) == USD(nanos: 2))
        #expect(BudgetRules().withFee(.cents(7)) == .cents(7))
        #expect(BudgetRules(creditFee: 90).creditFee == 50)
    }
}
