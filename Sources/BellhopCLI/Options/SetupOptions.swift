import ArgumentParser
import BellhopConfiguration
import Foundation

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

    func settings() throws -> Settings {
        try SettingsFile.read(configURL, environment: environment)
    }

    /// The same, and none where the folder is missing: for what can do without.
    func anySubscriptions() throws -> [Subscription] {
        FileManager.default.fileExists(atPath: webhooksURL.path) ? try subscriptions() : []
    }

    func subscriptions() throws -> [Subscription] {
        try SubscriptionReader.read(folder: webhooksURL)
    }
}
