import Foundation
import Vocabulary

/// Everything that the client decides, as one value: the queue, the chains, the breakers and the budgets.
///
/// It has no clock, no random source of its own and does no I/O. Its owner passes in what happens and performs the
/// actions that come back, so that a simulation can run days of calls in seconds and the same seed gives the same run.
///
/// A call is offered and moves along its chain. A model that must not be asked is passed over; before one that may be
/// asked the call stands in line until a place is free, then the worst case is put aside in all budgets at once and the
/// request goes out. What came of it is concluded, which frees the place and moves the call on.
struct Engine {
    var rules: Rules
    let chance: @Sendable () -> Double
    var calls: [CallID: CallState] = [:]
    /// One for each model that was ever waited for.
    var lanes: [Lane] = []
    /// The calls that took a place in line in this step.
    var newcomers: [CallID] = []
    /// The calls in line for whom all places were taken: their patience has not begun.
    var patient: [CallID] = []
    var timers = Timers()
    /// Requests under way.
    var inFlight = 0
    var health: HealthBook
    var budgets: BudgetBook
    var fitness: FitnessBook
    var drift = DriftBook()
    var retryBudget: RetryBudget
    var meters: Meters
    var refreshes = PriceRefreshes()
    var actions: [Action] = []
    /// When a line that waits for a rate limit may move.
    var meterWake: Duration?

    /// - Parameter chance: gives random numbers from 0 to 1, by which waits are spread.
    init(_ rules: Rules, at now: Moment, chance: @escaping @Sendable () -> Double) {
        self.rules = rules
        self.chance = chance
        health = HealthBook(rules.breaker)
        budgets = BudgetBook(rules.budgets, at: now.date)
        fitness = FitnessBook(rules.quality)
        retryBudget = RetryBudget(rules.retryBudget, at: now.uptime)
        meters = Meters(rules)
    }

    /// Takes an input in and says what is to be done.
    mutating func step(_ input: Input, at now: Moment) -> [Action] {
        fireTimers(at: now)
        switch input {
        case .offered(let id, let offer): take(id, offer, at: now)
        case .concluded(let id, let conclusion): conclude(id, conclusion, at: now)
        case .cancelled(let id): cancel(id)
        case .ticked: break
        case .adopted(let rules, let charges, let day):
            adopt(rules, at: now)
            if let day { budgets.learn(charges, on: day) }
        case .recovered(let charges, let day): budgets.recover(charges, on: day)
        case .corrected(let reservation, let cost): budgets.correct(reservation, cost: cost)
        }
        serveLines(at: now)
        let alerts = budgets.takeAlerts() + health.takeAlerts() + fitness.takeAlerts()
        defer { actions = [] }
        return alerts.isEmpty ? actions : actions + alerts.map(Action.alert)
    }

    /// The uptime at which the engine wants to be told that time has passed; `nil` when only events matter.
    mutating func nextWake() -> Duration? {
        let timer = timers.next { [calls] in calls[$0.call]?.ticket == $0.ticket }?.at
        return [timer, meterWake].compactMap { $0 }.min()
    }
}
