import ModelClient

/// Reads the bounds of calls and what is done about failures and poor answers.
enum LimitsReader {
    static let limitsKeys: Keys = [
        "max_models": .value, "max_requests": .value, "request_timeout": .value, "connect_timeout": .value,
        "concurrency": .value, "response_bytes": .value,
    ]
    private static let retryKeys: Keys = ["retries": .value, "base": .value]
    static let retriesKeys: Keys = [
        "rate_limit": .mapping(retryKeys), "timeout": .mapping(retryKeys), "unavailable": .mapping(retryKeys),
        "cap": .value,
    ]
    static let retryBudgetKeys: Keys = ["share": .value, "reserve": .value]
    static let breakerKeys: Keys = [
        "failures": .value, "window": .value, "interval": .value, "longest_interval": .value,
        "account_interval": .value,
    ]
    static let qualityKeys: Keys = [
        "ask_again": .value, "least_accepted": .value, "least_answers": .value, "rest": .value,
    ]
    static let latencyKeys: Keys = ["models": .list(.value), "deadline": .value]

    static func limits(_ map: YAMLMapping) throws -> CallLimits {
        try map.check(limitsKeys)
        var limits = CallLimits()
        if let models = map["max_models"] { limits.maxModels = try models.integer(1...10) }
        if let requests = map["max_requests"] { limits.maxRequests = try requests.integer(1...100) }
        if let timeout = map["request_timeout"] { limits.requestTimeout = try timeout.positiveDuration() }
        if let timeout = map["connect_timeout"] { limits.connectTimeout = try timeout.positiveDuration() }
        if let concurrency = map["concurrency"] { limits.concurrency = try concurrency.integer(1...10_000) }
        if let bytes = map["response_bytes"] { limits.responseBytes = try bytes.bytes(1024...(1 << 30)) }
        return limits
    }

    static func retries(_ map: YAMLMapping) throws -> RetryRules {
        try map.check(retriesKeys)
        var rules = RetryRules()
        if let rule = map["rate_limit"] { rules.rateLimit = try retry(rule.mapping()) }
        if let rule = map["timeout"] { rules.timeout = try retry(rule.mapping()) }
        if let rule = map["unavailable"] { rules.unavailable = try retry(rule.mapping()) }
        if let cap = map["cap"] { rules.cap = try cap.duration() }
        return rules
    }

    private static func retry(_ map: YAMLMapping) throws -> RetryRules.Rule {
        try map.check(retryKeys)
        return RetryRules.Rule(
            retries: try map.required("retries").integer(0...20), base: try map["base"]?.duration() ?? .zero)
    }

    static func retryBudget(_ map: YAMLMapping) throws -> RetryBudgetRules {
        try map.check(retryBudgetKeys)
        var rules = RetryBudgetRules()
        if let share = map["share"] { rules.share = try share.fraction() }
        if let reserve = map["reserve"] { rules.reserve = try reserve.integer(0...100_000) }
        return rules
    }

    /// The intervals stay as they are written, so that two that contradict each other are found with their line.
    static func breaker(_ map: YAMLMapping) throws -> BreakerRules {
        try map.check(breakerKeys)
        var rules = BreakerRules()
        if let failures = map["failures"] { rules.failures = try failures.integer(1...64) }
        if let window = map["window"] { rules.window = try window.integer(1...64) }
        if let interval = map["interval"] {
            rules.interval = try interval.positiveDuration()
            rules.longestInterval = max(rules.interval, rules.longestInterval)
        }
        if let longest = map["longest_interval"] { rules.longestInterval = try longest.positiveDuration() }
        if let interval = map["account_interval"] { rules.accountInterval = try interval.positiveDuration() }
        return rules
    }

    static func quality(_ map: YAMLMapping) throws -> QualityRules {
        try map.check(qualityKeys)
        var rules = QualityRules()
        if let flag = map["ask_again"] { rules.asksAgain = try flag.bool() }
        if let share = map["least_accepted"] { rules.leastAccepted = try share.fraction() }
        if let answers = map["least_answers"] { rules.leastAnswers = try answers.integer(1...10_000) }
        if let rest = map["rest"] { rules.rest = try rest.positiveDuration() }
        return rules
    }

    static func latency(_ map: YAMLMapping) throws -> LatencyRules {
        try map.check(latencyKeys)
        var rules = LatencyRules()
        if let models = map["models"] { rules.models = try models.texts() }
        if let deadline = map["deadline"] { rules.deadline = try deadline.positiveDuration() }
        return rules
    }
}
