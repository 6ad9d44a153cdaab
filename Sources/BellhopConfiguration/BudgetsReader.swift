import Foundation
import ModelClient
import Vocabulary

/// Reads `budgets`.
enum BudgetsReader {
    static let keys: Keys = [
        "time_zone": .value, "daily": .value, "ceiling": .value, "alert_at": .value,
        "emergency_models": .list(.value), "credit_fee": .value, "scopes": .list(.mapping(scopeKeys)),
    ]
    private static let scopeKeys: Keys = [
        "each": .value, "label": .value, "value": .value, "daily": .value, "ceiling": .value,
    ]
    /// The labels that every question of a handler carries.
    private static let labels = ["shop", "task", "handler", "team"]

    static func read(_ map: YAMLMapping) throws -> BudgetRules {
        try map.check(keys)
        var rules = BudgetRules()
        if let zone = map["time_zone"] { rules.timeZone = try zone.text() }
        if let share = map["alert_at"] { rules.alertAt = try share.integer(1...100) }
        if let models = map["emergency_models"] { rules.emergencyModels = try models.texts() }
        if let fee = map["credit_fee"] { rules.creditFee = try fee.percent(0...50) }
        if let daily = map["daily"] {
            rules.budgets.append(try budget(.all, daily: daily, ceiling: map["ceiling"]))
        } else if let ceiling = map["ceiling"] {
            throw ceiling.mistake("belongs to a daily amount; write daily beside it")
        }
        rules.budgets += try map["scopes"]?.list().map { try scoped($0.mapping()) } ?? []
        return rules
    }

    private static func scoped(_ map: YAMLMapping) throws -> Budget {
        try map.check(scopeKeys)
        let scope: Budget.Scope
        switch (map["each"], map["label"], map["value"]) {
        case (let each?, nil, nil): scope = .each(label: try label(each))
        case (nil, let name?, let value?): scope = try only(label(name), value)
        default:
            throw map.owner.mistake(
                "must say for which calls it is: each: shop, or label: task and value: fraud_detection")
        }
        return try budget(scope, daily: map.required("daily"), ceiling: map["ceiling"])
    }

    private static func only(_ label: String, _ value: YAMLValue) throws -> Budget.Scope {
        .only(label: label, value: label == "shop" ? try value.shop() : try value.text())
    }

    private static func label(_ value: YAMLValue) throws -> String {
        let text = try value.text()
        guard labels.contains(text) else { throw value.mistake(Spelling.unknown("label", text, known: labels)) }
        return text
    }

    /// The ceiling stays as it is written, so that one below the daily amount is found with its line.
    private static func budget(_ scope: Budget.Scope, daily: YAMLValue, ceiling: YAMLValue?) throws -> Budget {
        var budget = Budget(scope, daily: try daily.budget())
        if let ceiling { budget.ceiling = try ceiling.budget() }
        return budget
    }
}
