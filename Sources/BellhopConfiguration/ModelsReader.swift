import ModelClient

/// Reads the parts of `bellhop.yaml` that are about models.
enum ModelsReader {
    /// - Returns: what can be read.
    static func read(_ root: YAMLMapping, _ mistakes: inout Mistakes) -> ModelClientConfiguration {
        let providers = mistakes.noting { try root.required("providers").mapping().values } ?? []
        let models = mistakes.noting { try root.required("models").mapping().values } ?? []
        var configuration = ModelClientConfiguration(
            providers: providers.compactMap { name, value in
                mistakes.noting { try ProviderReader.read(name, value.mapping()) }
            },
            models: models.compactMap { name, value in
                mistakes.noting { try ModelReader.read(name, value.mapping()) }
            },
            routing: mistakes.noting { try RoutingReader.read(root.required("routing").mapping()) }
                ?? RoutingMatrix(defaultModel: ""))
        mistakes.take(root["aliases"], into: &configuration.aliases) { try $0.textsByName() }
        mistakes.take(root["premium_model"], into: &configuration.premiumModel) { try $0.text() }
        takeRules(root, into: &configuration, &mistakes)
        return configuration
    }

    private static func takeRules(
        _ root: YAMLMapping, into configuration: inout ModelClientConfiguration, _ mistakes: inout Mistakes
    ) {
        mistakes.take(root["limits"], into: &configuration.limits) { try LimitsReader.limits($0.mapping()) }
        mistakes.take(root["retries"], into: &configuration.retries) { try LimitsReader.retries($0.mapping()) }
        mistakes.take(root["retry_budget"], into: &configuration.retryBudget) {
            try LimitsReader.retryBudget($0.mapping())
        }
        mistakes.take(root["breaker"], into: &configuration.breaker) { try LimitsReader.breaker($0.mapping()) }
        mistakes.take(root["quality"], into: &configuration.quality) { try LimitsReader.quality($0.mapping()) }
        mistakes.take(root["latency_critical"], into: &configuration.latency) {
            try LimitsReader.latency($0.mapping())
        }
        mistakes.take(root["budgets"], into: &configuration.budgets) { try BudgetsReader.read($0.mapping()) }
        mistakes.take(root["data_policy"], into: &configuration.policies) { try PolicyReader.rules($0.mapping()) }
    }
}
