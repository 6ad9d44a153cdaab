import Vocabulary

@testable import ModelClient

/// What must always be true.
extension Simulation {
    mutating func check() {
        expect(engine.inFlight <= concurrency, "more requests under way than allowed")
        concurrency = max(rules.concurrency, min(concurrency, engine.inFlight))
        expect(engine.inFlight == underWay.count, "the count of requests under way is off")
        checkBudgets()
    }

    private mutating func checkBudgets() {
        let day = engine.budgets.today
        // Adding everything up takes its time; once in a while is often enough for what does not mend itself.
        let isDue = order % 5000 == 0
        for budget in rules.budgets.budgets {
            for account in accounts(of: budget.scope) {
                let state = engine.budgets.standing(of: account)
                let sum = state.charged + state.reserved
                let bound = bounds.isEmpty ? budget.ceiling : bounds[account] ?? budget.ceiling
                expect(sum <= bound, "the ceiling of \(account) can be crossed")
                if bound > budget.ceiling { bounds[account] = max(budget.ceiling, sum) }
                guard isDue else { continue }
                expect(recorded(in: account, on: day) <= sum, "spending of \(account) is missing")
            }
        }
    }

    private func accounts(of scope: Budget.Scope) -> [BudgetAccount] {
        guard case .each(let label) = scope else { return [BudgetAccount(scope: scope)] }
        return values[label, default: []].map { BudgetAccount(scope: scope, value: $0) }
    }

    mutating func expect(_ isTrue: Bool, _ rule: String) {
        if !isTrue, violations.count < 10 { violations.append("\(rule) at \(now)") }
    }

    /// What the ledger has in an account.
    private func recorded(in account: BudgetAccount, on day: BudgetDay) -> USD {
        records.values.filter { $0.day == day && $0.counts(in: account) }.map(\.charged).total()
    }

    /// Before other rules are adopted: what was spent and promised by then may exceed a lower ceiling.
    mutating func keepBounds() {
        let day = engine.budgets.day(at: moment.date)
        bounds = [:]
        for budget in rules.budgets.budgets {
            for account in accounts(of: budget.scope) {
                let state = engine.budgets.standing(of: account)
                let spent = max(state.charged + state.reserved, recorded(in: account, on: day))
                bounds[account] = max(budget.ceiling, spent)
            }
        }
    }

    /// The engine begins with full meters, and so does what checks them.
    mutating func watchRates() {
        rates = Dictionary(
            rules.modelLimits.map { ($0.key, RateCheck($0.value, at: now)) }
                + rules.providerLimits.map { ("provider \($0.key)", RateCheck($0.value, at: now)) },
            uniquingKeysWith: { first, _ in first })
    }
}
