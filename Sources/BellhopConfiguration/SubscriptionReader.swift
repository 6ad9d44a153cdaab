import Bellhop
package import Foundation
import Vocabulary

/// Reads the folder `webhooks/`.
package enum SubscriptionReader {
    static let keys: Keys = [
        "topic": .value, "handler": .value, "filter": .value, "include_fields": .list(.value), "settings": .value,
        "model": .value, "priority": .value, "team": .value, "redact": .list(.value),
        "data_policy": .mapping(PolicyReader.keys), "stale": .value, "coalesce": .mapping(coalesceKeys),
        "echo_guard": .mapping(GuardReader.echoKeys), "loop_guard": .mapping(GuardReader.loopKeys),
    ]
    private static let coalesceKeys: Keys = ["max_wait": .value]

    /// All subscriptions of the folder's `.yaml` files, ordered by file name.
    ///
    /// - Throws: ``ConfigurationError`` for a mistake, for two files that bind the same handler to the same topic, and
    ///   when there is no file at all.
    package static func read(folder: URL) throws -> [Subscription] {
        try read(names(in: folder).map { try YAMLDocument(contentsOf: folder.appending(path: $0)) }, in: folder)
    }

    /// The names of the files that are read, in order; none when there is no such folder. Hidden ones, which editors
    /// and file systems leave behind, are not.
    static func names(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
    }

    static func read(_ documents: [YAMLDocument], in folder: URL) throws -> [Subscription] {
        guard !documents.isEmpty else {
            throw ConfigurationError(
                file: folder.relativePath, message: "has no .yaml files; write one for each topic to receive")
        }
        return try checkingForTwins(documents.map { try read($0) })
    }

    static func read(_ document: YAMLDocument) throws -> Subscription {
        let root = document.root
        try root.check(keys)
        return Subscription(
            file: root.owner.file, topic: Topic(rawValue: try topic(root.required("topic"))),
            handler: try root.required("handler").text(), filter: try root["filter"]?.text(),
            includeFields: try root["include_fields"]?.texts() ?? [],
            settings: try root["settings"].map { try settings($0) } ?? .object([:]),
            model: try root["model"]?.text(), priority: try root["priority"]?.integer(0...9) ?? 5,
            stale: try root["stale"]?.choice(Subscription.Staleness.self) ?? .run,
            coalescing: try root["coalesce"].map { try longestWait($0.mapping()) },
            team: try root["team"].map(team), redact: try root["redact"].map(personalData) ?? [],
            dataPolicy: try root["data_policy"].map(PolicyReader.policy) ?? .open,
            echoFields: try root["echo_guard"].map { try GuardReader.echoFields($0.mapping()) } ?? [],
            loopLimit: try root["loop_guard"].map { try GuardReader.loopLimit($0.mapping()) } ?? .init(),
            lines: document.lines)
    }

    private static func personalData(_ value: YAMLValue) throws -> Set<PersonalData> {
        Set(try value.list().map { try $0.choice(PersonalData.self) })
    }

    private static func longestWait(_ map: YAMLMapping) throws -> Duration {
        try map.check(coalesceKeys)
        let value = try map.required("max_wait")
        let wait = try value.positiveDuration()
        guard wait <= .seconds(3600) else { throw value.mistake("must be at most 1h") }
        return wait
    }

    private static func team(_ value: YAMLValue) throws -> String {
        let text = try value.text()
        guard text.count <= 64 else { throw value.mistake("must have at most 64 letters") }
        return text
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
                throw subscription.mistake("binds the same handler to the same topic as \(other)", at: ["handler"])
            }
        }
        return subscriptions
    }
}
