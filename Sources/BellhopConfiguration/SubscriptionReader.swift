import Bellhop
package import Foundation
import Vocabulary

/// Reads the folder `webhooks/`.
package enum SubscriptionReader {
    /// All subscriptions of the folder's `.yaml` files, ordered by file name.
    ///
    /// - Throws: ``ConfigurationError`` for a mistake, for two files that bind the same handler to the same topic, and
    ///   when there is no file at all.
    package static func read(folder: URL) throws -> [Subscription] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        guard !files.isEmpty else {
            throw ConfigurationError(
                file: folder.relativePath, message: "has no .yaml files; write one for each topic to receive")
        }
        let subscriptions = try files.map { name in
            try read(YAMLDocument(contentsOf: folder.appending(path: name)))
        }
        return try checkingForTwins(subscriptions)
    }

    static func read(_ document: YAMLDocument) throws -> Subscription {
        let root = document.root
        try root.check(keys: ["topic", "handler", "filter", "include_fields", "settings", "model"])
        return Subscription(
            file: root.owner.file, topic: Topic(rawValue: try topic(root.required("topic"))),
            handler: try root.required("handler").text(), filter: try root["filter"]?.text(),
            includeFields: try root["include_fields"].map { value in try value.list().map { try $0.text() } } ?? [],
            settings: try root["settings"].map { try settings($0) } ?? .object([:]),
            model: try root["model"]?.text())
    }

    private static func topic(_ value: YAMLValue) throws -> String {
        let text = try value.text()
        guard text.contains("/"), text == text.lowercased(), !text.contains(" ") else {
            throw value.mistake("must be a topic in slash form, for example orders/create")
        }
        return text
    }

    private static func settings(_ value: YAMLValue) throws -> JSONValue {
        _ = try value.mapping()
        return try value.json()
    }

    private static func checkingForTwins(_ subscriptions: [Subscription]) throws -> [Subscription] {
        var seen: [[String]: String] = [:]
        for subscription in subscriptions {
            let pair = [subscription.topic.rawValue, subscription.handler]
            if let other = seen.updateValue(subscription.file, forKey: pair) {
                throw subscription.mistake("binds the same handler to the same topic as \(other)")
            }
        }
        return subscriptions
    }
}
