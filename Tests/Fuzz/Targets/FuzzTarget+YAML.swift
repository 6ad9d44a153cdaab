import Bellhop
import Foundation
import Vocabulary

@testable import BellhopConfiguration

extension FuzzTarget {
    /// A file of configuration, read as `bellhop.yaml` and as a subscription: what cannot be used is a mistake with a
    /// place and a sentence.
    static let yaml = FuzzTarget(name: "yaml", seeds: ["bellhop.yaml", "webhooks", "samples/workloads"], longest: 8192)
    { data in
        let document: YAMLDocument
        do {
            document = try YAMLDocument(data: data, file: "fuzz.yaml")
        } catch let error as ConfigurationError {
            return try check(error)
        }
        _ = try? document.root.owner.json().canonicalData()
        do {
            let settings = try SettingsFile.read(document).withSecrets(
                of: ["OPENROUTER_API_KEY": "sk-or-invented"])
            for warning in settings.warnings {
                try require(warning.description.utf8.count <= 2_000, "a warning is long")
            }
            _ = try JSONEncoder().encode(RoutingOverview(settings))
        } catch let error as ConfigurationError {
            try check(error)
        }
        do {
            let subscription = try SubscriptionReader.read(document)
            try require(subscription.topic.rawValue.contains("/"), "a subscription has no topic")
        } catch let error as ConfigurationError {
            try check(error)
        }
    }

    private static func check(_ error: ConfigurationError) throws {
        for mistake in error.all {
            try require(mistake.message.utf8.count <= 2_000, "a mistake is long")
            try require(mistake.line.map { $0 > 0 } ?? true, "a mistake stands before the first line")
        }
    }
}
