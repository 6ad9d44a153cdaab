package import Bellhop
package import Foundation
package import InboxCore

/// How the server is.
package struct Health: Sendable, Hashable, Codable {
    package enum Status: String, Sendable, Hashable, Codable {
        case ok
        /// The inbox does not answer, or cannot write.
        case storage
    }

    package var status: Status
    package var storage: StorageCondition
    /// What the parts of the server say about themselves, the door's counters for instance.
    package var details: JSONValue

    package init(status: Status, storage: StorageCondition, details: JSONValue) {
        self.status = status
        self.storage = storage
        self.details = details
    }
}

/// A list of events, wrapped so that it can grow members.
struct EventList: Codable {
    var events: [EventSummary]
}

/// What failed, by groups, as the admin API tells it.
package struct DeadGroups: Sendable, Codable {
    /// The largest first.
    package var groups: [DeadGroup]
    /// Jobs that failed later are not counted.
    package var asOf: Date

    package init(groups: [DeadGroup], asOf: Date) {
        self.groups = groups
        self.asOf = asOf
    }
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
