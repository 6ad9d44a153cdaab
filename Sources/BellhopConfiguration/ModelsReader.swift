import ModelClient
import Vocabulary

/// Reads the parts of `bellhop.yaml` that are about models.
enum ModelsReader {
    static func read(_ root: YAMLMapping, environment: Settings.Environment) throws -> ModelClientConfiguration {
        var configuration = ModelClientConfiguration(
            providers: try root.required("providers").mapping().values.map {
                try provider($0.key, $0.value.mapping(), environment)
            },
            models: try root.required("models").mapping().values.map { try model($0.key, $0.value.mapping()) },
            routing: try routing(root.required("routing").mapping()))
        if let aliases = root["aliases"] { configuration.aliases = try texts(aliases) }
        configuration.premiumModel = try root["premium_model"]?.text()
        if let limits = root["limits"] { configuration.limits = try callLimits(limits.mapping()) }
        if let retries = root["retries"] { configuration.retries = try retryRules(retries.mapping()) }
        return configuration
    }

    private static func provider(
        _ name: String, _ map: YAMLMapping, _ environment: Settings.Environment
    ) throws -> Provider {
        try map.check(keys: ["url", "dialect", "key_env", "headers"])
        let key = try map["key_env"].map { try $0.variableName() }.flatMap { environment[$0] }
        return Provider(
            name: name, baseURL: try map.required("url").text(),
            apiKey: key.flatMap { $0.isEmpty ? nil : Secret($0) },
            dialect: try map["dialect"]?.choice(Provider.Dialect.self) ?? .compatible,
            headers: try map["headers"].map(texts) ?? [:])
    }

    private static func model(_ name: String, _ map: YAMLMapping) throws -> Model {
        try map.check(keys: [
            "provider", "id", "price", "fallbacks", "refuses", "structured_output", "reasoning_effort", "timeout",
        ])
        var model = Model(name: name, provider: try map.required("provider").text(), id: try map["id"]?.text())
        if let price = try map["price"]?.mapping() {
            try price.check(keys: ["prompt", "completion"])
            model.promptPrice = try price.required("prompt").tokenPrice()
            model.completionPrice = try price.required("completion").tokenPrice()
        }
        if let fallbacks = map["fallbacks"] { model.fallbacks = try fallbacks.list().map { try $0.text() } }
        if let fields = map["refuses"] {
            model.refuses = Set(try fields.list().map { try $0.choice(Model.Field.self) })
        }
        if let flag = map["structured_output"] { model.structuredOutput = try flag.bool() }
        model.reasoningEffort = try map["reasoning_effort"]?.choice(ReasoningEffort.self).rawValue
        model.timeout = try map["timeout"]?.positiveDuration()
        return model
    }

    private enum ReasoningEffort: String, CaseIterable {
        case none, minimal, low, medium, high
    }

    private static func routing(_ map: YAMLMapping) throws -> RoutingMatrix {
        try map.check(keys: ["default", "classes", "tasks", "high_complexity"])
        var matrix = RoutingMatrix(defaultModel: try map.required("default").text())
        for (name, model) in try map["classes"]?.mapping().values ?? [] {
            guard let routingClass = RoutingClass(rawValue: name) else {
                throw model.mistake(
                    "is not a routing class; use one of: "
                        + RoutingClass.allCases.map(\.rawValue).joined(separator: ", "))
            }
            matrix.classes[routingClass] = try model.text()
        }
        matrix.tasks = try tasks(map["tasks"])
        matrix.lifts = try tasks(map["high_complexity"])
        return matrix
    }

    private static func tasks(_ value: YAMLValue?) throws -> [TaskType: String] {
        let pairs = try value?.mapping().values.map { (TaskType(rawValue: $0.key), try $0.value.text()) } ?? []
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    private static func callLimits(_ map: YAMLMapping) throws -> CallLimits {
        try map.check(keys: ["max_models", "max_requests", "request_timeout", "connect_timeout", "concurrency"])
        var limits = CallLimits()
        if let models = map["max_models"] { limits.maxModels = try models.integer(1...10) }
        if let requests = map["max_requests"] { limits.maxRequests = try requests.integer(1...100) }
        if let timeout = map["request_timeout"] { limits.requestTimeout = try timeout.positiveDuration() }
        if let timeout = map["connect_timeout"] { limits.connectTimeout = try timeout.positiveDuration() }
        if let concurrency = map["concurrency"] { limits.concurrency = try concurrency.integer(1...10_000) }
        return limits
    }

    private static func retryRules(_ map: YAMLMapping) throws -> RetryRules {
        try map.check(keys: ["rate_limit", "timeout", "unavailable", "cap"])
        var rules = RetryRules()
        if let rule = map["rate_limit"] { rules.rateLimit = try retryRule(rule.mapping()) }
        if let rule = map["timeout"] { rules.timeout = try retryRule(rule.mapping()) }
        if let rule = map["unavailable"] { rules.unavailable = try retryRule(rule.mapping()) }
        if let cap = map["cap"] { rules.cap = try cap.duration() }
        return rules
    }

    private static func retryRule(_ map: YAMLMapping) throws -> RetryRules.Rule {
        try map.check(keys: ["retries", "base"])
        return RetryRules.Rule(
            retries: try map.required("retries").integer(0...20), base: try map["base"]?.duration() ?? .zero)
    }

    private static func texts(_ value: YAMLValue) throws -> [String: String] {
        let pairs = try value.mapping().values.map { ($0.key, try $0.value.text()) }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }
}
