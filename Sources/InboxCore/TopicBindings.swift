package import Bellhop

/// Which handlers each topic goes to.
package struct TopicBindings: Sendable, Hashable {
    private var handlers: [Topic: [JobPlan]]

    package init(_ handlers: [Topic: [JobPlan]]) {
        self.handlers = handlers
    }

    /// The handlers for a topic, none when it is unknown.
    package func handlers(for topic: Topic) -> [JobPlan] {
        handlers[topic] ?? []
    }

    /// The bindings with one more handler for some topics, before those that are bound already.
    package func adding(_ plan: JobPlan, to topics: Set<Topic>) -> TopicBindings {
        var bindings = self
        for topic in topics { bindings.handlers[topic, default: []].insert(plan, at: 0) }
        return bindings
    }

    package var topics: [Topic] {
        handlers.keys.sorted { $0.rawValue < $1.rawValue }
    }
}
