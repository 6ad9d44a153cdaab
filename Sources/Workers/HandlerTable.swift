package import Bellhop
package import InboxCore

/// Which handler runs for which topic, as the subscriptions say.
package struct HandlerTable: Sendable {
    private var handlers: [Key: RegisteredHandler] = [:]

    private struct Key: Hashable {
        var handlerID: String
        var topic: Topic
    }

    package init() {}

    /// Binds a handler to a topic. The last binding of the same pair wins.
    package mutating func bind(_ handler: RegisteredHandler, to topic: Topic) {
        handlers[Key(handlerID: handler.id, topic: topic)] = handler
    }

    package func handler(_ id: String, for topic: Topic) -> RegisteredHandler? {
        handlers[Key(handlerID: id, topic: topic)]
    }

    /// The handlers that are bound to a topic.
    var ids: Set<String> { Set(handlers.keys.map(\.handlerID)) }

    /// The bindings as the door needs them.
    package var bindings: TopicBindings {
        TopicBindings(
            Dictionary(grouping: handlers, by: \.key.topic).mapValues { bound in
                bound.map(\.value).sorted { $0.id < $1.id }.map {
                    JobPlan($0.id, priority: $0.terms.priority, coalescing: $0.terms.coalescing)
                }
            })
    }
}
