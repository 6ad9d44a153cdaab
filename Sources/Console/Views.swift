package import Bellhop
import InboxCore

/// How the server is.
package struct Health: Sendable, Hashable, Codable {
    package enum Status: String, Sendable, Hashable, Codable {
        case ok
        /// The inbox does not answer.
        case storage
    }

    package var status: Status
    /// What the parts of the server say about themselves, the door's counters for instance.
    package var details: JSONValue

    package init(status: Status, details: JSONValue) {
        self.status = status
        self.details = details
    }
}

/// A list of events, wrapped so that it can grow members.
struct EventList: Codable {
    var events: [EventSummary]
}

/// A list of effects, wrapped so that it can grow members.
struct EffectList: Codable {
    var effects: [EffectSummary]
}

/// How many jobs a retry made ready.
struct Retried: Codable {
    var ready: Int
}

/// What went wrong, for a program and for a person.
struct Problem: Codable {
    var error: String
    var reason: String
}
