package import Foundation
import ModelClient
import Vocabulary

/// Reads `bellhop.yaml`.
package enum SettingsFile {
    static let keys: Keys = [
        "server": .mapping(ServerReader.serverKeys), "secrets": .list(.mapping(ServerReader.secretKeys)),
        "events": .mapping(ServerReader.eventsKeys), "inbox": .mapping(ServerReader.inboxKeys),
        "providers": .named("NAME", .mapping(ProviderReader.keys)),
        "models": .named("NAME", .mapping(ModelReader.keys)), "aliases": .named("NAME", .value),
        "routing": .mapping(RoutingReader.keys), "latency_critical": .mapping(LimitsReader.latencyKeys),
        "premium_model": .value, "budgets": .mapping(BudgetsReader.keys),
        "data_policy": .mapping(PolicyReader.rulesKeys), "limits": .mapping(LimitsReader.limitsKeys),
        "retries": .mapping(LimitsReader.retriesKeys), "retry_budget": .mapping(LimitsReader.retryBudgetKeys),
        "breaker": .mapping(LimitsReader.breakerKeys), "quality": .mapping(LimitsReader.qualityKeys),
        "prices": .mapping(ServerReader.pricesKeys), "retention": .mapping(RetentionReader.keys),
        "alerts": .mapping(ServerReader.alertsKeys), "destinations": .named("NAME", .mapping(DestinationReader.keys)),
    ]

    /// - Throws: ``ConfigurationError``: for each part the first thing that cannot be read, or else all that contradicts
    ///   itself.
    package static func read(_ url: URL) throws -> Settings {
        try read(YAMLDocument(contentsOf: url))
    }

    /// - Throws: ``ConfigurationError``, as ``read(_:)-(URL)``.
    package static func read(text: String, file: String = "bellhop.yaml") throws -> Settings {
        try read(YAMLDocument(text: text, file: file))
    }

    static func read(_ document: YAMLDocument) throws -> Settings {
        let root = document.root
        var mistakes = Mistakes()
        mistakes.noting { try root.check(keys) }
        var settings = Settings(models: ModelsReader.read(root, &mistakes))
        settings.file = root.owner.file
        settings.lines = document.lines
        let providers = mistakes.noting { try root.required("providers").mapping().values } ?? []
        for (name, provider) in providers {
            settings.keyVariables[name] = mistakes.noting { try provider.mapping()["key_env"]?.variableName() } ?? nil
        }
        mistakes.take(root["server"], into: &settings.server) { try ServerReader.server($0.mapping()) }
        mistakes.take(root["events"], into: &settings.events) { try ServerReader.events($0.mapping()) }
        mistakes.take(root["inbox"], into: &settings.inbox) { try ServerReader.inbox($0.mapping()) }
        mistakes.take(root["secrets"], into: &settings.secrets) {
            try $0.list().map { try ServerReader.secret($0.mapping()) }
        }
        mistakes.take(root["alerts"], into: &settings.alerts) { try ServerReader.alerts($0.mapping()) }
        mistakes.take(root["prices"], into: &settings.prices) { try ServerReader.prices($0.mapping()) }
        mistakes.take(root["retention"], into: &settings.retention) { try RetentionReader.read($0.mapping()) }
        let destinations = mistakes.noting { try root["destinations"]?.mapping().values ?? [] } ?? []
        for (name, value) in destinations {
            mistakes.noting {
                settings.destinations[try DestinationReader.name(name, of: value)] = try DestinationReader.read(
                    value.mapping())
            }
        }
        mistakes.sortByLine()
        try mistakes.throwAny()

        if let error = ConfigurationError(all: settings.models.problems().map(settings.mistake)) { throw error }
        settings.warnings = (settings.models.warnings() + settings.priceWarnings).map(settings.warning)
        return settings
    }
}

extension Settings {
    /// With a budget this is a mistake; without one the handlers' spend limits are left.
    fileprivate var priceWarnings: [ConfigurationProblem] {
        guard models.budgets.budgets.isEmpty else { return [] }
        return models.reachableModels.filter { $0.sampleCost == nil }.map { model in
            ConfigurationProblem(
                ["models", model.name],
                "model \"\(model.name)\" has no price, and handlers, which have a spend limit, pass it over: write its "
                    + "price, 0 for a model that costs nothing")
        }
    }
}
