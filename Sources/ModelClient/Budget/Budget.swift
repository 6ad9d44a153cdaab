public import Foundation
public import Vocabulary

/// How much may be spent in a day, and on what.
public struct Budget: Sendable, Hashable {
    public var scope: Scope
    /// At 100 % of it emergency mode begins: only the models of ``BudgetRules/emergencyModels`` are asked.
    public var daily: USD
    /// No request is sent whose worst case would pass this amount, whatever runs at the same time.
    public var ceiling: USD

    /// Which calls count.
    public enum Scope: Sendable, Hashable {
        case all
        /// An amount of its own for each value of a label, for example for each `shop`.
        case each(label: String)
        /// Calls with this value of a label.
        case only(label: String, value: String)
    }

    /// - Parameter ceiling: a fifth more than `daily` when left out.
    public init(_ scope: Scope, daily: USD, ceiling: USD? = nil) {
        self.scope = scope
        self.daily = daily
        self.ceiling = max(daily, ceiling ?? daily + USD(nanos: daily.nanos / 5))
    }
}

/// All budgets, and what happens when they run low.
public struct BudgetRules: Sendable, Hashable {
    public var budgets: [Budget]
    /// An IANA time zone, in which the day begins at midnight. A cost belongs to the day in which it was reserved.
    public var timeZone: String
    /// Per cent of the daily amount at which the alert is given, 1 to 100.
    public var alertAt: Int
    /// The models that may still be asked in emergency mode.
    public var emergencyModels: [String]
    /// Per cent that buying credit costs on top of what the providers bill, 0 to 50. No bill shows it and no budget
    /// counts it; reports show it apart.
    public var creditFee: Decimal

    public init(
        budgets: [Budget] = [], timeZone: String = "UTC", alertAt: Int = 80, emergencyModels: [String] = [],
        creditFee: Decimal = 0
    ) {
        self.budgets = budgets
        self.timeZone = timeZone
        self.alertAt = min(max(1, alertAt), 100)
        self.emergencyModels = emergencyModels
        self.creditFee = min(max(0, creditFee), 50)
    }

    /// What is paid for an amount that providers bill, the fee for credit included; rounded up.
    public func withFee(_ amount: USD) -> USD {
        USD(dollars: amount.dollars * (100 + creditFee) / 100) ?? amount
    }
}
