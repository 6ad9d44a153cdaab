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

    /// - Throws: ``ConfigurationError``: the first thing that cannot be read, or else all that contradicts itself.
    package static func read(_ url: URL) throws -> Settings {
        try read(YAMLDocument(contentsOf: url))
    }

    /// - Throws: ``ConfigurationError``, as ``read(_:)-(URL)``.
    package static func read(text: String, file: String = "bellhop.yaml") throws -> Settings {
        try read(YAMLDocument(text: text, file: file))
    }

    static func read(_ document: YAMLDocument) throws -> Settings {
        let root = document.root
        try root.check(keys)
        var settings = Settings(models: try ModelsReader.read(root))
        settings.file = root.owner.file
        settings.lines = document.lines
        for (name, provider) in try root.required("providers").mapping().values {
            settings.keyVariables[name] = try provider.mapping()["key_env"]?.variableName()
        }
        if let map = try root["server"]?.mapping() { settings.server = try ServerReader.server(map) }
        if let map = try root["events"]?.mapping() { settings.events = try ServerReader.events(map) }
        if let map = try root["inbox"]?.mapping() { settings.inbox = try ServerReader.inbox(map) }
        if let secrets = root["secrets"] {
            settings.secrets = try secrets.list().map { try ServerReader.secret($0.mapping()) }
        }
        if let map = try root["alerts"]?.mapping() {
            settings.alerts = try ServerReader.alerts(map)
        }
        if let map = try root["prices"]?.mapping() { settings.prices = try ServerReader.prices(map) }
        for (name, value) in try root["destinations"]?.mapping().values ?? [] {
            settings.destinations[try DestinationReader.name(name, of: value)] = try DestinationReader.read(
                value.mapping())
        }

        if let map = try root["retention"]?.mapping() { settings.retention = try RetentionReader.read(map) }

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
