import ModelClient
import Vocabulary

/// Reads what may become of data, and what servers do with it.
enum PolicyReader {
    static let keys: Keys = ["regions": .list(.value), "no_training": .value, "zero_retention": .value]
    static let rulesKeys: Keys = [
        "standard": .mapping(keys), "tasks": .named("TASK", .mapping(keys)), "shops": .named("DOMAIN", .mapping(keys)),
    ]

    static func policy(_ value: YAMLValue) throws -> DataPolicy {
        let map = try value.mapping()
        try map.check(keys)
        return DataPolicy(
            regions: try map["regions"].map(regions), noTraining: try map["no_training"]?.bool() ?? false,
            zeroRetention: try map["zero_retention"]?.bool() ?? false)
    }

    static func handling(_ value: YAMLValue) throws -> DataHandling {
        let policy = try policy(value)
        return DataHandling(
            regions: policy.regions ?? [], noTraining: policy.noTraining, zeroRetention: policy.zeroRetention)
    }

    static func rules(_ map: YAMLMapping) throws -> PolicyRules {
        try map.check(rulesKeys)
        var rules = PolicyRules()
        if let standard = map["standard"] { rules.standard = try policy(standard) }
        for (name, value) in try map["tasks"]?.mapping().values ?? [] {
            rules.tasks[TaskType(rawValue: try value.word(name, "a task"))] = try policy(value)
        }
        var shops: [String: DataPolicy] = [:]
        for (name, value) in try map["shops"]?.mapping().values ?? [] {
            guard shops.updateValue(try policy(value), forKey: try value.shop(name)) == nil else {
                throw value.mistake("names a shop for the second time; keep one")
            }
        }
        if !shops.isEmpty { rules.labels["shop"] = shops }
        return rules
    }

    private static func regions(_ value: YAMLValue) throws -> Set<String> {
        _ = try value.someTexts()
        return Set(try value.list().map { try $0.word($0.text(), "a region") })
    }
}
