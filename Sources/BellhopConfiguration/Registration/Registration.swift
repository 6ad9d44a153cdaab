package import Bellhop
import Foundation
import InboxCore

/// What a shop's app declares to Shopify so that the topics of `webhooks/` arrive, and the ones that Bellhop answers
/// itself.
///
/// Each topic stands there once, with the one filter that its files share: all handlers of a topic get what is sent once.
package struct Registration: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package var topic: Topic
        package var filter: String?
        /// Every field that one of the handlers asks for; all fields when empty.
        package var includeFields: [String]
        /// The names of the files that name no fields, and so are the reason for all.
        package var filesWithoutFields: [String] = []
    }

    /// In the order of the files.
    package var entries: [Entry]
}

extension Registration {
    /// - Parameter subscriptions: of a folder, as ``SubscriptionReader`` lets them through: no topic has two filters.
    package init(_ subscriptions: [Subscription]) {
        entries = subscriptions.reduce(into: []) { entries, subscription in
            guard !Topic.obliged.contains(subscription.topic) else { return }
            let entry = Entry(subscription)
            guard let index = entries.firstIndex(where: { $0.topic == entry.topic }) else {
                return entries.append(entry)
            }
            entries[index].add(entry)
        }
    }

    /// A line for each topic whose body comes whole: what no handler reads then leaves Shopify all the same.
    package var notes: [String] {
        entries.filter { !$0.filesWithoutFields.isEmpty }.map { entry in
            let files = entry.filesWithoutFields
            return "\(entry.topic): all fields, because \(files.joined(separator: " and ")) "
                + (files.count == 1 ? "names none" : "name none")
        }
    }
}

extension Registration.Entry {
    fileprivate init(_ subscription: Subscription) {
        topic = subscription.topic
        filter = subscription.filter
        includeFields = subscription.includeFields
        if includeFields.isEmpty { filesWithoutFields = [URL(filePath: subscription.file).lastPathComponent] }
    }

    fileprivate mutating func add(_ other: Self) {
        filesWithoutFields += other.filesWithoutFields
        let new = other.includeFields.filter { !includeFields.contains($0) }
        includeFields = filesWithoutFields.isEmpty ? includeFields + new : []
    }
}
