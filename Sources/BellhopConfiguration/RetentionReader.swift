import InboxCore

/// Reads `retention`.
enum RetentionReader {
    static let keys: Keys = ["payloads": .value, "history": .value, "ledger": .value, "max_size": .value]

    static func read(_ map: YAMLMapping) throws -> RetentionRules {
        try map.check(keys)
        var rules = RetentionRules()
        if let age = map["payloads"] { rules.payloads = try age.age() }
        if let age = map["history"] { rules.history = try age.age() }
        if let age = map["ledger"] { rules.ledger = try atLeastTwoDays(age) }
        if let size = map["max_size"] { rules.maxBytes = try size.isWord("none") ? nil : size.bytes(1 << 20...1 << 50) }
        if let history = rules.history, rules.payloads.map({ $0 > history }) ?? true {
            let place = map["history"] ?? map["payloads"] ?? map.owner
            throw place.mistake("history must be kept for as long as payloads at least: they go when it goes")
        }
        return rules
    }

    /// Today's budgets are counted from it, in any time zone.
    private static func atLeastTwoDays(_ value: YAMLValue) throws -> Duration? {
        guard let age = try value.age() else { return nil }
        guard age >= .seconds(2 * 86_400) else {
            throw value.mistake("must be at least 2d: today's budgets are counted from the ledger")
        }
        return age
    }
}
