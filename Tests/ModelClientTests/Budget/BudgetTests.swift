import Foundation
import Testing
import Vocabulary

@testable import ModelClient

/// Budgets as the engine keeps them: every request's worst case is a cent.
struct BudgetTests {
    private var stage = EngineStage()

    private func stage(_ budgets: [Budget], emergencyModels: [String] = []) -> EngineStage {
        EngineStage { $0.budgets = BudgetRules(budgets: budgets, emergencyModels: emergencyModels) }
    }

    @Test mutating func `admits no request whose worst case could pass the ceiling`() {
        stage = stage([Budget(.all, daily: .cents(2), ceiling: .cents(3))])
        for id in 1...3 {
            let call = stage.offer(["a"])
            #expect(call.actions == ["ask \(id) 0 first"])
        }
        // What is under way may turn out cheaper: it is worth another look soon.
        let refused = stage.offer(["a"])
        #expect(refused.actions == ["finish 4 overBudget 30 a:over_budget"])
    }

    @Test mutating func `tells once a day that the ceiling is reached by what was spent`() {
        stage = stage([Budget(.all, daily: .cents(3), ceiling: .cents(3))], emergencyModels: ["a"])
        for _ in 0..<3 {
            let call = stage.offer(["a"])
            _ = stage.succeed(call.id)
        }
        let refused = stage.offer(["a"])
        #expect(refused.actions.first == "finish 4 overBudget 43200 a:over_budget")
        #expect(refused.actions.last?.contains("ceiling of $0.030000") == true)
        let again = stage.offer(["a"])
        #expect(again.actions == ["finish 5 overBudget 43200 a:over_budget"])
    }

    @Test mutating func `gives back what a request did not cost`() {
        stage = stage([Budget(.all, daily: .cents(1), ceiling: .cents(1))])
        let first = stage.offer(["a"])
        _ = stage.succeed(first.id, cost: .billed(.zero))
        let second = stage.offer(["a"])
        #expect(second.actions == ["ask 2 0 first"])
        _ = stage.fail(second.id, .notConnected, cost: .none)
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).reserved == .zero)
    }

    @Test mutating func `keeps the worst case of what may have been billed`() {
        stage = stage([Budget(.all, daily: .cents(1), ceiling: .cents(1))])
        let first = stage.offer(["a"])
        _ = stage.fail(first.id, .timeout, cost: .unknown)
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .cents(1))
    }

    @Test mutating func `alerts once at its share, with what most of the money went to`() {
        stage = stage([Budget(.all, daily: .cents(10))])
        var alerts: [String] = []
        for number in 1...9 {
            let call = stage.offer([number > 3 ? "b" : "a"], task: .fraudDetection)
            alerts += stage.succeed(call.id)
        }
        #expect(
            alerts == [
                "alert $0.080000 of today's $0.100000 for all calls are spent; the most went to fraud_detection on b: "
                    + "$0.050000"
            ])
    }

    @Test mutating func `asks only emergency models once the day's amount is spent`() {
        stage = stage([Budget(.all, daily: .cents(2), ceiling: .cents(9))], emergencyModels: ["b"])
        for _ in 0..<2 {
            let call = stage.offer()
            _ = stage.succeed(call.id)
        }
        let call = stage.offer()
        #expect(call.actions == ["ask 3 1 fallback"])
        let only = stage.offer(["a"])
        #expect(only.actions == ["finish 4 overBudget 43200 a:emergency"])
    }

    @Test mutating func `asks the emergency models in place of a chain that has none of them`() {
        stage = stage([Budget(.all, daily: .cents(1), ceiling: .cents(9))], emergencyModels: ["c", "d"])
        let before = stage.offer(["a"], emergency: ["c", "d"])
        #expect(before.actions == ["ask 1 0 first"])
        _ = stage.succeed(before.id)
        let call = stage.offer(["a", "b"], emergency: ["c", "d"])
        #expect(call.actions == ["ask 2 2 first"])
        let next = stage.fail(call.id, .timeout)
        #expect(next == ["ask 2 3 fallback"])
    }

    @Test mutating func `stays in emergency mode until clearly below`() {
        stage = stage([Budget(.all, daily: .cents(100), ceiling: .cents(900))], emergencyModels: ["b"])
        var reservations: [CallID] = []
        for _ in 0..<100 {
            let call = stage.offer(["a"])
            _ = stage.succeed(call.id)
            reservations.append(call.id)
        }
        func correct(by cents: Int) -> [String] {
            let reservation = Reservation(
                id: UUID(), day: BudgetDay(number: 2026_11_24), at: EngineStage.start, provider: "one", model: "a",
                task: .classification, worstCase: .cents(cents))
            return stage.step(.corrected(reservation, .billed(.zero)))
        }
        let little = correct(by: 4)
        #expect(little == [])
        let enough = correct(by: 2)
        #expect(enough == ["alert emergency mode is over for all calls"])
        let call = stage.offer(["a"])
        #expect(call.actions == ["ask 101 0 first"])
    }

    @Test mutating func `begins anew at midnight, and a cost belongs to the day it was reserved in`() {
        stage = stage([Budget(.all, daily: .cents(2), ceiling: .cents(2))], emergencyModels: ["a"])
        let late = stage.offer(["a"])
        let other = stage.offer(["a"])
        _ = stage.succeed(other.id)
        stage.uptime = .seconds(43_200)
        let fresh = stage.offer(["a"])
        #expect(fresh.actions == ["ask 3 0 first"])
        _ = stage.succeed(late.id)
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .zero)
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).reserved == .cents(1))
    }

    @Test mutating func `keeps an account for each value of a label`() {
        stage = stage([Budget(.each(label: "shop"), daily: .cents(1), ceiling: .cents(1))])
        for (shop, isAsked) in [("x", true), ("x", false), ("y", true), ("y", false)] {
            let call = stage.offer(["a"], labels: ["shop": shop])
            #expect(call.actions.first?.hasPrefix("ask") == isAsked)
        }
        let unlabelled = stage.offer(["a"])
        #expect(unlabelled.actions.first?.hasPrefix("ask") == true)
    }

    @Test mutating func `needs room in every account that a call counts in`() {
        stage = stage([
            Budget(.all, daily: .cents(5), ceiling: .cents(5)),
            Budget(.only(label: "team", value: "t"), daily: .cents(1), ceiling: .cents(1)),
        ])
        _ = stage.offer(["a"], labels: ["team": "t"])
        let refused = stage.offer(["a"], labels: ["team": "t"])
        #expect(refused.actions.first == "finish 2 overBudget 30 a:over_budget")
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).reserved == .cents(1))
        let other = stage.offer(["a"], labels: ["team": "u"])
        #expect(other.actions == ["ask 3 0 first"])
    }

    @Test mutating func `closes an account that was billed more than the worst case, and says so`() {
        stage = stage([Budget(.all, daily: .cents(50))])
        let call = stage.offer(["a"])
        let actions = stage.succeed(call.id, cost: .billed(.cents(2)))
        #expect(actions.count == 1)
        #expect(actions.first?.contains("a billed $0.020000 for a request of at most $0.010000") == true)
        let next = stage.offer(["a"])
        #expect(next.actions.first == "finish 2 overBudget 43200 a:over_budget")
    }

    @Test mutating func `asks no model without a price under a budget`() {
        stage = stage([Budget(.all, daily: .cents(50))])
        let call = stage.offer(["a"], worstCase: nil)
        #expect(call.actions == ["finish 1 exhausted a:unpriced"])
    }

    @Test mutating func `goes on after a restart where the ledger says`() {
        stage = stage([Budget(.all, daily: .cents(2), ceiling: .cents(2))])
        let charge = Charge(model: "a", task: .classification, labels: [:], amount: .cents(2))
        _ = stage.step(.recovered([charge], BudgetDay(number: 2026_11_24)))
        let call = stage.offer(["a"])
        #expect(call.actions.first == "finish 1 overBudget 43200 a:emergency")
        // Told a second time it is not counted twice.
        _ = stage.step(.recovered([charge], BudgetDay(number: 2026_11_24)))
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .cents(2))
    }

    @Test mutating func `takes another amount over at once, and learns what a new scope has spent`() {
        stage = stage([Budget(.all, daily: .cents(1), ceiling: .cents(1))])
        _ = stage.step(.recovered([], BudgetDay(number: 2026_11_24)))
        let first = stage.offer(["a"], labels: ["shop": "x"])
        _ = stage.succeed(first.id)
        var rules = stage.engine.rules
        rules.budgets.budgets = [
            Budget(.all, daily: .cents(9)), Budget(.each(label: "shop"), daily: .cents(2), ceiling: .cents(2)),
        ]
        let adopted = stage.step(.adopted(rules))
        #expect(adopted == ["alert emergency mode is over for all calls"])
        let charge = Charge(model: "a", task: .classification, labels: ["shop": "x"], amount: .cents(1))
        _ = stage.step(.recovered([charge], BudgetDay(number: 2026_11_24)))
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .cents(1))
        let second = stage.offer(["a"], labels: ["shop": "x"])
        #expect(second.actions == ["ask 2 0 first"])
        let third = stage.offer(["a"], labels: ["shop": "x"])
        #expect(third.actions.first == "finish 3 overBudget 30 a:over_budget")
    }

    @Test mutating func `asks nobody to wait for room that no day has`() {
        stage = stage([Budget(.all, daily: .cents(2), ceiling: .cents(3))])
        let dear = stage.offer(["a"], worstCase: .cents(4))
        #expect(dear.actions == ["finish 1 exhausted a:over_ceiling"])
        let fits = stage.offer(["a"], worstCase: .cents(3))
        #expect(fits.actions == ["ask 2 0 first"])
    }

    @Test mutating func `is refused by the first full account of the configuration`() {
        let scopes = (0..<8).map { Budget.Scope.only(label: "l\($0)", value: "v") }
        stage = stage(
            scopes.map { Budget($0, daily: .cents(1), ceiling: .cents(1)) }, emergencyModels: ["a", "b"])
        let labels = Dictionary(uniqueKeysWithValues: (0..<8).map { ("l\($0)", "v") })
        #expect(stage.engine.budgets.accounts(for: labels).map(\.scope) == scopes)
        let first = stage.offer(["a"], labels: labels)
        _ = stage.fail(first.id, .timeout, cost: .unknown)
        let refused = stage.offer(["b"], labels: labels)
        #expect(refused.actions.last?.contains("l0 v") == true, "\(refused.actions)")
    }

    @Test mutating func `an account that was closed stays closed after a restart`() {
        stage = stage([Budget(.all, daily: .cents(50))])
        let charge = Charge(
            model: "a", task: .classification, labels: [:], amount: .cents(2), exceedsReservation: true)
        _ = stage.step(.recovered([charge], BudgetDay(number: 2026_11_24)))
        let call = stage.offer(["a"])
        // People have heard that it is closed; it is not at its ceiling.
        #expect(call.actions == ["finish 1 overBudget 43200 a:over_budget"])
    }

    @Test mutating func `a new budget counts from the start what the ledger knew before it`() {
        stage = stage([])
        var rules = stage.engine.rules
        rules.budgets.budgets = [Budget(.all, daily: .cents(9), ceiling: .cents(9))]
        func charge(_ cents: Int) -> Charge {
            Charge(model: "a", task: .classification, labels: [:], amount: .cents(cents))
        }
        let day = BudgetDay(number: 2026_11_24)
        _ = stage.step(.adopted(rules, known: [charge(7)], on: day))
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .cents(7))
        // What was charged meanwhile is learnt later, and nothing of it twice.
        _ = stage.step(.recovered([charge(8)], day))
        #expect(stage.engine.budgets.standing(of: BudgetAccount(scope: .all)).charged == .cents(8))
        let call = stage.offer(["a"])
        #expect(call.actions == ["ask 1 0 first"])
    }
}
