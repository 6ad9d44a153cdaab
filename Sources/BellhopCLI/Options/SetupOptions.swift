import ArgumentParser
import BellhopConfiguration
import Foundation
import ModelClient

/// Where the configuration lies.
struct SetupOptions: ParsableArguments {
    /// In the folder in which a command is called.
    static let defaultConfig = "bellhop.yaml"

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = SetupOptions.defaultConfig

    @Option(help: ArgumentHelp("The folder of subscriptions, one YAML file each.", valueName: "folder"))
    var webhooks = "webhooks"

    var environment: Settings.Environment {
        ProcessInfo.processInfo.environment
    }

    var configURL: URL {
        URL(fileURLWithPath: config)
    }

    var webhooksURL: URL {
        URL(fileURLWithPath: webhooks, isDirectory: true)
    }

    /// - Parameter live: whether the file's models are asked for real. Without, no secret is looked at.
    /// - Throws: ``CommandError`` for a provider that refuses questions without a key and has none.
    func settings(live: Bool = false) throws -> Settings {
        let settings = try SettingsFile.read(configURL)
        guard live else { return settings }
        let ready = try settings.withKeys(of: environment)
        if let provider = ready.models.providers.first(where: \.lacksKey) {
            throw CommandError("--live needs a key for the provider \(provider.name); see key_env in bellhop.yaml")
        }
        return ready
    }

    /// What the file says; `nil` when none is named and none lies here.
    func settingsIfAny() throws -> Settings? {
        guard config != Self.defaultConfig || FileManager.default.fileExists(atPath: configURL.path) else { return nil }
        return try settings()
    }

    /// The same, and none where the folder is missing or empty: for what can do without.
    func anySubscriptions() throws -> [Subscription] {
        SubscriptionReader.hasFiles(in: webhooksURL) ? try subscriptions() : []
    }

    func subscriptions() throws -> [Subscription] {
        try SubscriptionReader.read(folder: webhooksURL)
    }
}
