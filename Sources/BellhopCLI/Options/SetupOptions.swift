import ArgumentParser
import BellhopConfiguration
import Foundation

/// Where the configuration lies.
struct SetupOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config = "bellhop.yaml"

    @Option(help: ArgumentHelp("The folder of subscriptions, one YAML file each.", valueName: "folder"))
    var webhooks = "webhooks"

    var environment: Settings.Environment {
        ProcessInfo.processInfo.environment
    }

    func settings() throws -> Settings {
        try SettingsFile.read(URL(fileURLWithPath: config), environment: environment)
    }

    func subscriptions() throws -> [Subscription] {
        try SubscriptionReader.read(folder: URL(fileURLWithPath: webhooks, isDirectory: true))
    }
}
