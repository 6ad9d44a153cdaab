import Foundation
import Vocabulary

extension ModelClientConfiguration {
    func budgetProblems() -> [ConfigurationProblem] {
        let emergency = budgets.emergencyModels.enumerated().compactMap { index, name in
            missing(name, named: "the list of emergency models", at: ["budgets", "emergency_models", String(index)])
        }
        return timeZoneProblems() + amountProblems() + twinProblems() + emergency + priceProblems()
    }

    private func timeZoneProblems() -> [ConfigurationProblem] {
        // UTC is not looked up: that would bring ICU's time zones into memory.
        guard budgets.timeZone != "UTC", TimeZone(identifier: budgets.timeZone) == nil else { return [] }
        let near = NearestName(names: TimeZone.knownTimeZoneIdentifiers).nearest(to: budgets.timeZone)
        return [
            .init(
                ["budgets", "time_zone"],
                "the time zone \"\(budgets.timeZone)\" is not known: write \"\(near ?? "Europe/Berlin")\""
                    + (near == nil ? " or another name of the IANA list" : ""))
        ]
    }

    private func amountProblems() -> [ConfigurationProblem] {
        budgets.budgets.indices.compactMap { index in
            let budget = budgets.budgets[index]
            guard budget.ceiling < budget.daily else { return nil }
            return .init(
                budgets.path(ofBudget: index) + ["ceiling"],
                "the budget for \(budget.scope): the ceiling is below the daily amount: write \(budget.daily) or more")
        }
    }

    private func twinProblems() -> [ConfigurationProblem] {
        var seen: Set<Budget.Scope> = []
        return budgets.budgets.indices.compactMap { index in
            let scope = budgets.budgets[index].scope
            guard !seen.insert(scope).inserted else { return nil }
            return .init(budgets.path(ofBudget: index), "there are two budgets for \(scope): remove one")
        }
    }

    /// While a budget holds, no request is sent whose worst case cannot be told.
    private func priceProblems() -> [ConfigurationProblem] {
        guard !budgets.budgets.isEmpty else { return [] }
        return reachableModels.filter { $0.promptPrice == nil || $0.completionPrice == nil }.map { model in
            .init(
                ["models", model.name],
                "model \"\(model.name)\" has no price and would never be asked while a budget holds: write its price, "
                    + "0 for a model that costs nothing")
        }
    }
}

extension BudgetRules {
    /// Where a configuration file says it: `daily` and `ceiling` of all calls stand beside the list of `scopes`.
    fileprivate func path(ofBudget index: Int) -> [String] {
        if budgets[index].scope == .all { return ["budgets"] }
        return ["budgets", "scopes", String(budgets[..<index].count { $0.scope != .all })]
    }
}

extension Budget.Scope: CustomStringConvertible {
    public var description: String {
        switch self {
        case .all: "all calls"
        case .each(let label): "each \(label)"
        case .only(let label, let value): "\(label) \(value)"
        }
    }
}
