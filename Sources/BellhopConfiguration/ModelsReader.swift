import ModelClient

/// Reads the parts of `bellhop.yaml` that are about models.
enum ModelsReader {
    static func read(_ root: YAMLMapping) throws -> ModelClientConfiguration {
        var configuration = ModelClientConfiguration(
            providers: try root.required("providers").mapping().values.map {
                try ProviderReader.read($0.key, $0.value.mapping())
            },
            models: try root.required("models").mapping().values.map {
                try ModelReader.read($0.key, $0.value.mapping())
            },
            routing: try RoutingReader.read(root.required("routing").mapping()))
        if let aliases = root["aliases"] { configuration.aliases = try aliases.textsByName() }
        configuration.premiumModel = try root["premium_model"]?.text()
        try readRules(root, into: &configuration)
        return configuration
    }

    private static func readRules(_ root: YAMLMapping, into configuration: inout ModelClientConfiguration) throws {
        if let map = try root["limits"]?.mapping() { configuration.limits = try LimitsReader.limits(map) }
        if let map = try root["retries"]?.mapping() { configuration.retries = try LimitsReader.retries(map) }
        if let map = try root["retry_budget"]?.mapping() {
            configuration.retryBudget = try LimitsReader.retryBudget(map)
        }
        if let map = try root["breaker"]?.mapping() { configuration.breaker = try LimitsReader.breaker(map) }
        if let map = try root["quality"]?.mapping() { configuration.quality = try LimitsReader.quality(map) }
        if let map = try root["latency_critical"]?.mapping() { configuration.latency = try LimitsReader.latency(map) }
        if let map = try root["budgets"]?.mapping() { configuration.budgets = try BudgetsReader.read(map) }
        if let map = try root["data_policy"]?.mapping() { configuration.policies = try PolicyReader.rules(map) }
    }
}
