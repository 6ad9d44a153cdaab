import Foundation
import Vocabulary

/// Keeps every account of every budget, day by day. It has no clock and does no I/O.
struct BudgetBook {
    /// A worst case put aside, until it is known what the request cost.
    struct Hold {
        var day: BudgetDay
        var accounts: [BudgetAccount]
        var amount: USD
    }

    enum Answer {
        case held(Hold)
        /// The worst case would pass a ceiling.
        case refused(Refusal)
    }

    /// Until when a ceiling leaves no room.
    enum Refusal {
        /// Until requests under way have ended.
        case underWay
        /// Until the day ends.
        case spent
        /// The worst case alone is more than a whole day's ceiling.
        case never
    }

    private var rules: BudgetRules
    private var budgets: [Budget.Scope: Budget]
    private var emergencyModels: Set<String>
    private var calendar: BudgetCalendar
    private var days: [BudgetDay: [BudgetAccount: DayAccount]] = [:]
    private(set) var today: BudgetDay
    /// Scopes of which the ledger may know charges that are not counted here yet, by the day of those.
    private var awaited: [Budget.Scope: BudgetDay]
    private var alerts: [Alert] = []

    init(_ rules: BudgetRules, at date: Date) {
        self.rules = rules
        budgets = Self.byScope(rules)
        emergencyModels = Set(rules.emergencyModels)
        calendar = BudgetCalendar(timeZone: rules.timeZone)
        let today = calendar.day(at: date)
        self.today = today
        awaited = budgets.mapValues { _ in today }
    }

    private static func byScope(_ rules: BudgetRules) -> [Budget.Scope: Budget] {
        Dictionary(rules.budgets.map { ($0.scope, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes other rules over. What was charged stays charged.
    mutating func adopt(_ rules: BudgetRules, at date: Date) {
        if rules.timeZone != self.rules.timeZone { calendar = BudgetCalendar(timeZone: rules.timeZone) }
        self.rules = rules
        emergencyModels = Set(rules.emergencyModels)
        let day = turnPage(at: date)
        let adopted = Self.byScope(rules)
        for scope in adopted.keys where budgets[scope] == nil { awaited[scope] = day }
        budgets = adopted
        for account in days[day, default: [:]].keys { review(account, on: day) }
    }

    /// Counts what the ledger knows of a day from before, in the scopes that have not heard of it.
    mutating func recover(_ charges: [Charge], on day: BudgetDay) {
        learn(charges, on: day)
        awaited = awaited.filter { $0.value != day }
    }

    /// The same, when the ledger may soon know more.
    mutating func learn(_ charges: [Charge], on day: BudgetDay) {
        let scopes = awaited.filter { $0.value == day }.keys
        var known: [BudgetAccount: [Charge]] = [:]
        for charge in charges {
            for account in scopes.compactMap({ BudgetAccount($0, labels: charge.labels) }) {
                known[account, default: []].append(charge)
            }
        }
        for (account, charges) in known {
            change(account, on: day) { $0.learn(charges) }
        }
        for account in days[day, default: [:]].keys { review(account, on: day) }
    }

    /// The accounts in which a call with these labels counts, in the order of the configuration: which of two full ones
    /// refuses a request is no matter of chance.
    func accounts(for labels: [String: String]) -> [BudgetAccount] {
        rules.budgets.compactMap { BudgetAccount($0.scope, labels: labels) }
    }

    /// The day to which a cost reserved now belongs.
    mutating func day(at date: Date) -> BudgetDay {
        turnPage(at: date)
    }

    mutating func untilNextDay(at date: Date) -> Duration {
        calendar.untilNextDay(at: date)
    }

    /// Whether the model may be asked, as far as emergency mode goes.
    mutating func allows(_ model: String, for accounts: [BudgetAccount], at date: Date) -> Bool {
        emergencyModels.contains(model) || !isInEmergency(accounts, at: date)
    }

    /// Whether one of the accounts has spent its daily amount.
    mutating func isInEmergency(_ accounts: [BudgetAccount], at date: Date) -> Bool {
        guard !accounts.isEmpty else { return false }
        let day = turnPage(at: date)
        return accounts.contains { days[day]?[$0]?.isInEmergency == true }
    }

    /// Puts the worst case aside in all accounts, or in none.
    mutating func reserve(_ worstCase: USD, in accounts: [BudgetAccount], at date: Date) -> Answer {
        let day = turnPage(at: date)
        guard !accounts.isEmpty else { return .held(Hold(day: day, accounts: [], amount: worstCase)) }
        for account in accounts {
            guard let budget = budgets[account.scope] else { continue }
            var state = days[day]?[account] ?? DayAccount()
            guard !state.admits(worstCase, ceiling: budget.ceiling) else { continue }
            guard worstCase <= budget.ceiling else { return .refused(.never) }
            guard state.isSpent(for: worstCase, ceiling: budget.ceiling) else { return .refused(.underWay) }
            // Of an account that is closed people have heard already.
            if !state.isClosed, state.reportCeiling() {
                alerts.append(.ceilingReached(account, ceiling: budget.ceiling))
                days[day, default: [:]][account] = state
            }
            return .refused(.spent)
        }
        for account in accounts { days[day, default: [:]][account, default: DayAccount()].reserve(worstCase) }
        return .held(Hold(day: day, accounts: accounts, amount: worstCase))
    }

    /// Replaces a hold by what the request cost; a cost that is not known is charged with its worst case.
    mutating func settle(_ hold: Hold, cost: Cost, task: TaskType, model: String) {
        let charged = cost.charged(worstCase: hold.amount)
        for account in hold.accounts {
            change(account, on: hold.day) { state in
                state.release(hold.amount)
                state.charge(charged, task: task, model: model)
            }
            if charged > hold.amount {
                close(account, on: hold.day, reserved: hold.amount, billed: charged, model: model)
            }
            review(account, on: hold.day)
        }
    }

    /// Replaces what was charged for a request by its cost, which became known later.
    mutating func correct(_ reservation: Reservation, cost: Cost) {
        let before = reservation.worstCase ?? .zero
        let difference = cost.charged(worstCase: before) - before
        for account in accounts(for: reservation.labels) where days[reservation.day]?[account] != nil {
            change(account, on: reservation.day) {
                $0.charge(difference, task: reservation.task, model: reservation.model)
            }
            if difference > .zero {
                close(
                    account, on: reservation.day, reserved: before, billed: before + difference,
                    model: reservation.model)
            }
            review(account, on: reservation.day)
        }
    }

    /// Takes what people should know, once.
    mutating func takeAlerts() -> [Alert] {
        guard !alerts.isEmpty else { return [] }
        defer { alerts = [] }
        return alerts
    }

    /// What an account has spent and promised today.
    func standing(of account: BudgetAccount) -> DayAccount {
        days[today]?[account] ?? DayAccount()
    }

    private mutating func change(_ account: BudgetAccount, on day: BudgetDay, _ body: (inout DayAccount) -> Void) {
        body(&days[day, default: [:]][account, default: DayAccount()])
    }

    private mutating func close(
        _ account: BudgetAccount, on day: BudgetDay, reserved: USD, billed: USD, model: String
    ) {
        var wasOpen = false
        change(account, on: day) { wasOpen = $0.close() }
        if wasOpen {
            alerts.append(.accountClosed(account, model: model, reserved: reserved, billed: billed))
        }
    }

    private mutating func review(_ account: BudgetAccount, on day: BudgetDay) {
        // A day that is over needs nobody's attention.
        guard day == today, let budget = budgets[account.scope], var state = days[day]?[account] else { return }
        alerts += state.review(account, budget: budget, alertAt: rules.alertAt)
        days[day]?[account] = state
    }

    /// Begins a new day when it is time. The day before is kept for the requests that were reserved in it.
    @discardableResult
    private mutating func turnPage(at date: Date) -> BudgetDay {
        let day = calendar.day(at: date)
        guard day != today else { return day }
        for (account, state) in days[today] ?? [:] where state.isInEmergency && day > today {
            alerts.append(.emergencyEnded(account))
        }
        let yesterday = today
        days = days.filter { $0.key == yesterday || $0.key >= day }
        today = day
        return day
    }
}
