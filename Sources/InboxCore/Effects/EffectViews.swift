package import Bellhop
package import Foundation

/// An effect as recorded, with its job.
package struct PlannedEffect: Sendable, Hashable, Codable {
    /// The same on every retry: delivery id, handler id and position.
    package var key: String
    package var effect: Effect
    package var state: EffectState.Name
    /// Attempts that came to an end.
    package var attempts: Int
    /// When it is sent next, if it waits for that.
    package var due: Date?
    /// Why the last attempt did not get through, or why it ended as it did.
    package var reason: String?
    /// When it came to rest.
    package var endedAt: Date?

    package init(
        key: String, effect: Effect, state: EffectState.Name = .planned, attempts: Int = 0, due: Date? = nil,
        reason: String? = nil, endedAt: Date? = nil
    ) {
        self.key = key
        self.effect = effect
        self.state = state
        self.attempts = attempts
        self.due = due
        self.reason = reason
        self.endedAt = endedAt
    }

    package init(key: String, effect: Effect, record: EffectRecord) {
        self.init(
            key: key, effect: effect, state: record.state.name, attempts: record.attempts,
            due: record.state.name == .planned ? record.dueAt : nil, reason: record.state.reason,
            endedAt: record.state.endedAt)
    }

    /// The key of the effect at a position, from 0, among those of one job.
    package static func key(deliveryID: String, handlerID: String, position: Int) -> String {
        "\(deliveryID)/\(handlerID)/\(position)"
    }
}

/// One effect in a list: without what it says.
package struct EffectSummary: Sendable, Hashable, Codable {
    package var key: String
    package var deliveryID: String
    package var handlerID: String
    package var shop: Shop
    package var lane: EffectLane
    package var state: EffectState.Name
    package var attempts: Int
    package var due: Date?
    package var reason: String?
    package var plannedAt: Date
    package var endedAt: Date?

    package init(
        key: String, deliveryID: String, handlerID: String, shop: Shop, lane: EffectLane, record: EffectRecord,
        plannedAt: Date
    ) {
        self.key = key
        self.deliveryID = deliveryID
        self.handlerID = handlerID
        self.shop = shop
        self.lane = lane
        state = record.state.name
        attempts = record.attempts
        due = record.state.name == .planned ? record.dueAt : nil
        reason = record.state.reason
        self.plannedAt = plannedAt
        endedAt = record.state.endedAt
    }
}

/// Everything about one effect.
package struct EffectDetail: Sendable, Hashable, Codable {
    package var summary: EffectSummary
    package var effect: Effect
    /// Whether an attempt may have arrived though nobody knows.
    package var mayHaveArrived: Bool
    /// The key of the first earlier effect of the same job that is neither done nor dropped.
    package var behind: String?

    package init(summary: EffectSummary, effect: Effect, mayHaveArrived: Bool, behind: String?) {
        self.summary = summary
        self.effect = effect
        self.mayHaveArrived = mayHaveArrived
        self.behind = behind
    }
}

/// Which effects to list.
package struct EffectFilter: Sendable, Hashable {
    /// Empty for all.
    package var states: Set<EffectState.Name>
    package var kind: Effect.Kind?
    package var destination: String?
    package var shop: Shop?
    /// 1 to 1,000.
    package var limit: Int

    package init(
        states: Set<EffectState.Name> = [], kind: Effect.Kind? = nil, destination: String? = nil, shop: Shop? = nil,
        limit: Int = 50
    ) {
        self.states = states
        self.kind = kind
        self.destination = destination
        self.shop = shop
        self.limit = min(max(1, limit), 1000)
    }

    func matches(_ effect: EffectSummary) -> Bool {
        (states.isEmpty || states.contains(effect.state)) && (kind.map { $0 == effect.lane.kind } ?? true)
            && (destination.map { $0 == effect.lane.destination } ?? true) && (shop.map { $0 == effect.shop } ?? true)
    }
}
