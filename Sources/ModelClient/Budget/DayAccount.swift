import Vocabulary

/// What one account has spent and promised on one day.
struct DayAccount {
    /// Settled costs, unknown ones with their worst case.
    private(set) var charged = USD.zero
    /// The worst cases of requests under way.
    private(set) var reserved = USD.zero
    private(set) var isInEmergency = false
    /// A bill was larger than its reservation, so that the ceiling could not be kept any more.
    private(set) var isClosed = false
    private var hasAlerted = false
    private var hasReportedCeiling = false
    private var drivers: [Driver: USD] = [:]

    private struct Driver: Hashable {
        var task: TaskType
        var model: String
    }

    /// Whether a request of this worst case keeps below the ceiling, whatever else comes of those under way.
    func admits(_ worstCase: USD, ceiling: USD) -> Bool {
        !isClosed && charged + reserved + worstCase <= ceiling
    }

    /// Whether the request would not fit even if nothing else were under way.
    func isSpent(for worstCase: USD, ceiling: USD) -> Bool {
        isClosed || charged + worstCase > ceiling
    }

    /// Takes over what the ledger knows. Its charges include what was counted here meanwhile, so the larger sum is
    /// right. An account that an earlier process closed stays closed.
    mutating func learn(_ charges: [Charge]) {
        if charges.contains(where: \.exceedsReservation) { isClosed = true }
        let missing = charges.map(\.amount).total() - charged
        guard missing > .zero, let largest = charges.max(by: { $0.amount < $1.amount }) else { return }
        charge(missing, task: largest.task, model: largest.model)
    }

    mutating func reserve(_ worstCase: USD) {
        reserved += worstCase
    }

    /// - Returns: whether this is the first refusal of the day.
    mutating func reportCeiling() -> Bool {
        defer { hasReportedCeiling = true }
        return !hasReportedCeiling
    }

    mutating func release(_ worstCase: USD) {
        reserved = max(.zero, reserved - worstCase)
    }

    mutating func charge(_ amount: USD, task: TaskType, model: String) {
        charged += amount
        drivers[Driver(task: task, model: model), default: .zero] += amount
    }

    /// - Returns: whether it was open.
    mutating func close() -> Bool {
        defer { isClosed = true }
        return !isClosed
    }

    /// Compares with the day's amount and says what has become true since the last time.
    mutating func review(_ account: BudgetAccount, budget: Budget, alertAt: Int) -> [Alert] {
        var alerts: [Alert] = []
        if !isInEmergency, charged >= budget.daily {
            isInEmergency = true
            hasAlerted = true
            alerts.append(
                .emergencyBegan(account, spent: charged, daily: budget.daily, topDriver: topDriver))
        } else if isInEmergency, charged < budget.daily.share(ofHundred: 95) {
            // Not just below: a corrected cost must not switch the models to and fro.
            isInEmergency = false
            alerts.append(.emergencyEnded(account))
        }
        if !hasAlerted, charged >= budget.daily.share(ofHundred: alertAt) {
            hasAlerted = true
            alerts.append(.budgetLow(account, spent: charged, daily: budget.daily, topDriver: topDriver))
        }
        return alerts
    }

    private var topDriver: Alert.CostDriver? {
        drivers.max { ($0.value, $1.key.model) < ($1.value, $0.key.model) }.map { driver, spent in
            Alert.CostDriver(task: driver.task, model: driver.model, spent: spent)
        }
    }
}

extension USD {
    /// So many hundredths, rounded up.
    func share(ofHundred percent: Int) -> USD {
        let (hundredth, rest) = nanos.quotientAndRemainder(dividingBy: 100)
        let percent = Int64(min(max(0, percent), 100))
        return USD(nanos: hundredth * percent + (rest * percent + 99) / 100)
    }
}
