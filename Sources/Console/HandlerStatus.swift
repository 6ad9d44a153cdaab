package import Bellhop
package import Foundation
import InboxCore

/// A handler of the running server.
package struct HandlerStatus: Sendable, Hashable, Codable {
    package var id: String
    /// The topics it is bound to; none when only events of earlier subscriptions are left.
    package var boundTopics: [Topic]
    /// `nil` while its events run as they come.
    package var pause: Pause?

    /// Why a handler is left alone: many of its events failed alike.
    package struct Pause: Sendable, Hashable, Codable {
        package var handlerID: String
        /// The last failure.
        package var reason: String
        /// What the failures have in common.
        package var fingerprint: String
        package var since: Date
        /// When one event is tried.
        package var until: Date
        /// Whether one is tried now.
        package var isProbing: Bool

        package init(
            handlerID: String, reason: String, fingerprint: String, since: Date, until: Date, isProbing: Bool
        ) {
            self.handlerID = handlerID
            self.reason = reason
            self.fingerprint = fingerprint
            self.since = since
            self.until = until
            self.isProbing = isProbing
        }
    }

    package init(id: String, boundTopics: [Topic], pause: Pause?) {
        self.id = id
        self.boundTopics = boundTopics
        self.pause = pause
    }

    /// All handlers that are bound or paused, by id.
    static func all(_ bindings: TopicBindings, pauses: [Pause]) -> [HandlerStatus] {
        var handlers: [String: HandlerStatus] = [:]
        for topic in bindings.topics {
            for plan in bindings.handlers(for: topic) {
                handlers[plan.handlerID, default: HandlerStatus(id: plan.handlerID, boundTopics: [], pause: nil)]
                    .boundTopics.append(topic)
            }
        }
        for pause in pauses {
            handlers[pause.handlerID, default: HandlerStatus(id: pause.handlerID, boundTopics: [], pause: nil)].pause =
                pause
        }
        return handlers.values.sorted { $0.id < $1.id }
    }
}

/// A list of handlers, wrapped so that it can grow members.
struct HandlerList: Codable {
    var handlers: [HandlerStatus]
}

/// A handler that runs its events again.
struct Resumed: Codable {
    var resumed: String
}
