package import Bellhop
package import Foundation
package import InboxCore

/// What the private door has the workers do.
package struct WorkerDesk: Sendable {
    /// The handlers that are left alone now.
    package var pauses: @Sendable () async -> [HandlerStatus.Pause]
    /// Ends a handler's pause; whether there was one.
    package var resume: @Sendable (_ handlerID: String) async -> Bool
    /// Runs the handlers of an event without changing anything, or only the one named.
    ///
    /// - Throws: `InboxError`.
    package var rehearse:
        @Sendable (_ deliveryID: String, _ source: RehearsalSource, _ handlerID: String?) async throws -> [RehearsedRun]

    package init(
        pauses: @escaping @Sendable () async -> [HandlerStatus.Pause],
        resume: @escaping @Sendable (String) async -> Bool,
        rehearse: @escaping @Sendable (String, RehearsalSource, String?) async throws -> [RehearsedRun]
    ) {
        self.pauses = pauses
        self.resume = resume
        self.rehearse = rehearse
    }
}

/// Where the answers of a rehearsal come from.
package enum RehearsalSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every question is asked, and paid for.
    case models
    /// Every answer is taken from the event's journal; nobody is asked.
    case recorded
}

/// How one handler's rehearsal ended.
package struct RehearsedRun: Sendable, Hashable, Codable {
    package var handlerID: String
    /// The state that the job would have now; `running` for a run that was cut off by the time limit.
    package var state: JobState.Name
    package var reason: String?
    package var effects: [Effect]
    package var calls: [CallRecord]
    /// Known costs of the calls.
    package var cost: USD

    package init(
        handlerID: String, state: JobState.Name, reason: String?, effects: [Effect], calls: [CallRecord]
    ) {
        self.handlerID = handlerID
        self.state = state
        self.reason = reason
        self.effects = effects
        self.calls = calls
        cost = calls.map(\.cost).total()
    }
}

/// A handler of the running server.
package struct HandlerStatus: Sendable, Hashable, Codable {
    package var id: String
    /// The topics it is bound to; none when only events of earlier subscriptions are left.
    package var topics: [Topic]
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

    package init(id: String, topics: [Topic], pause: Pause?) {
        self.id = id
        self.topics = topics
        self.pause = pause
    }

    /// All handlers that are bound or paused, by id.
    static func all(_ bindings: TopicBindings, pauses: [Pause]) -> [HandlerStatus] {
        var handlers: [String: HandlerStatus] = [:]
        for topic in bindings.topics {
            for plan in bindings.handlers(for: topic) {
                handlers[plan.handlerID, default: HandlerStatus(id: plan.handlerID, topics: [], pause: nil)]
                    .topics.append(topic)
            }
        }
        for pause in pauses {
            handlers[pause.handlerID, default: HandlerStatus(id: pause.handlerID, topics: [], pause: nil)].pause = pause
        }
        return handlers.values.sorted { $0.id < $1.id }
    }
}

/// A list of handlers, wrapped so that it can grow members.
struct HandlerList: Codable {
    var handlers: [HandlerStatus]
}

/// What came of a rehearsal.
struct Rehearsed: Codable {
    var runs: [RehearsedRun]
}

/// A handler that runs its events again.
struct Resumed: Codable {
    var resumed: String
}
