package import Bellhop
import InboxCore

/// What a shop's app declares to Shopify so that the topics of `webhooks/` arrive, and the ones that Bellhop answers
/// itself.
///
/// Shopify tells subscriptions apart by topic, address and filter, so each pair of topic and filter stands there once:
/// all handlers of a topic get what is sent once.
package struct Registration: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package var topic: Topic
        package var filter: String?
        /// Every field that one of the handlers asks for; all fields when empty.
        package var includeFields: [String]
    }

    /// In the order of the files.
    package var entries: [Entry]
}

extension Registration {
    package init(_ subscriptions: [Subscription]) {
        entries = subscriptions.reduce(into: []) { entries, subscription in
            guard !Topic.obliged.contains(subscription.topic) else { return }
            let entry = Entry(
                topic: subscription.topic, filter: subscription.filter, includeFields: subscription.includeFields)
            guard let index = entries.firstIndex(where: { $0.topic == entry.topic && $0.filter == entry.filter }) else {
                return entries.append(entry)
            }
            entries[index].includeFields = Self.union(entries[index].includeFields, entry.includeFields)
        }
    }

    private static func union(_ a: [String], _ b: [String]) -> [String] {
        a.isEmpty || b.isEmpty ? [] : a + b.filter { !a.contains($0) }
    }
}
