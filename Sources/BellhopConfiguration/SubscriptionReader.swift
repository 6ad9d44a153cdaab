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
    private static let mostFilterBytes = 4 << 10

    /// All subscriptions of the folder's `.yaml` files, ordered by file name.
    ///
    /// - Throws: ``ConfigurationError`` for a mistake, for two files that bind the same handler to the same topic or
    ///   give one topic two filters, and when there is no file at all.
    package static func read(folder: URL) throws -> [Subscription] {
        try read(
            names(in: folder).map { name in { try YAMLDocument(contentsOf: folder.appending(path: name)) } },
            in: folder)
    }

    package static func hasFiles(in folder: URL) -> Bool {
        !names(in: folder).isEmpty
    }

    /// The names of the files that are read, in order; none when there is no such folder. Hidden ones, which editors
    /// and file systems leave behind, are not.
    static func names(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
    }

    static func read(_ documents: [() throws -> YAMLDocument], in folder: URL) throws -> [Subscription] {
        guard !documents.isEmpty else {
            throw ConfigurationError(
                file: folder.relativePath, message: "has no .yaml files; write one for each topic to receive")
        }
        var mistakes = Mistakes()
        let subscriptions = documents.compactMap { document in mistakes.noting { try read(document()) } }
        try mistakes.throwAny()
        try checkForTwins(subscriptions)
        try checkFilters(subscriptions)
        try checkEchoFields(subscriptions)
        return subscriptions
    }

    static func read(_ document: YAMLDocument) throws -> Subscription {
        let root = document.root
        try root.check(keys)
        let fields = try root["include_fields"]?.someTexts() ?? []
        return Subscription(
            file: root.owner.file, topic: Topic(rawValue: try topic(root.required("topic"))),
            handler: try root.required("handler").text(), filter: try root["filter"].map { try filter($0, of: fields) },
            includeFields: fields,
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

    /// - Parameter sent: the fields that are asked for; all when empty.
    private static func filter(_ value: YAMLValue, of sent: [String]) throws -> String {
        let filter = try value.text()
        guard filter.utf8.count <= mostFilterBytes else {
            throw value.mistake("must have at most \(mostFilterBytes) bytes")
        }
        let fields = SentFields(sent)
        if !sent.isEmpty, let missing = FilterFields(filter).names.first(where: { !fields.holds($0) }) {
            throw value.mistake("asks about \(missing), which include_fields must name too, or nothing is delivered")
        }
        return filter
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
        guard text.contains("/"), text.utf8.allSatisfy(isTopicByte) else {
            throw value.mistake("must be a topic in slash form, for example orders/create")
        }
        return text
    }

    private static func isTopicByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
        default: byte.isASCIIDigit
        }
    }

    private static func settings(_ value: YAMLValue) throws -> JSONValue {
        _ = try value.mapping()
        return try value.json()
    }

    private static func checkForTwins(_ subscriptions: [Subscription]) throws {
        var seen: [[String]: String] = [:]
        for subscription in subscriptions {
            let pair = [subscription.topic.rawValue, subscription.handler]
            if let other = seen.updateValue(subscription.file, forKey: pair) {
                throw subscription.mistake("binds the same handler to the same topic as \(other)", at: ["handler"])
            }
        }
    }

    /// A field that is never sent equals no write of our own, so that the guard would let every echo run. What is sent
    /// for a topic is what all its files ask for together, and everything when one of them names no fields.
    private static func checkEchoFields(_ subscriptions: [Subscription]) throws {
        let byTopic = Dictionary(grouping: subscriptions, by: \.topic)
        for subscription in subscriptions where !subscription.echoFields.isEmpty {
            let lists = byTopic[subscription.topic, default: []].map(\.includeFields)
            guard !lists.contains(where: \.isEmpty) else { continue }
            let sent = SentFields(lists.flatMap(\.self))
            if let missing = subscription.echoFields.first(where: { !sent.holds($0) }) {
                throw subscription.mistake(
                    "compares \(missing), which include_fields must name too, or no webhook is known as our own",
                    at: ["echo_guard", "fields"])
            }
        }
    }

    /// A delivery does not tell by which filter it came, so the handlers of a topic share what is sent for it. Where two
    /// filters match, Shopify would send it twice, and with other fields under another hash.
    private static func checkFilters(_ subscriptions: [Subscription]) throws {
        var first: [Topic: Subscription] = [:]
        for subscription in subscriptions {
            let other = first[subscription.topic] ?? subscription
            first[subscription.topic] = other
            guard other.filter == subscription.filter else {
                throw subscription.mistake(
                    "has another filter for \(subscription.topic) than \(other.file): all handlers of a topic get what is "
                        + "sent for it, so write the same filter in both, joined with OR, and let the handlers choose",
                    at: [subscription.filter == nil ? "topic" : "filter"])
            }
        }
    }
}
