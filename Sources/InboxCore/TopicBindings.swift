package import Bellhop

/// Which handlers each topic goes to.
package struct TopicBindings: Sendable, Hashable {
    private var handlers: [Topic: [String]]

    package init(_ handlers: [Topic: [String]]) {
        self.handlers = handlers
    }

    /// The ids of the handlers for a topic, none when it is unknown.
    package func handlers(for topic: Topic) -> [String] {
        handlers[topic] ?? []
    }

    package var topics: [Topic] {
        handlers.keys.sorted { $0.rawValue < $1.rawValue }
    }
}
