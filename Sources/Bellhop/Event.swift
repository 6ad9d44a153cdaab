public import Foundation

/// One webhook, decoded, as a handler sees it.
public struct Event<Payload: Sendable>: Sendable {
    /// Bellhop's own id of the delivery (a UUID).
    public let id: String
    public let topic: Topic
    public let shop: Shop
    /// The API version that serialised the body, for example `2026-10`, when the sender said so.
    public let apiVersion: String?
    /// When the sender says it happened. Not covered by the signature.
    public let triggeredAt: Date?
    /// When Bellhop stored it.
    public let receivedAt: Date
    /// 1 for the first run, then counting up.
    public let attempt: Int
    /// Whether a newer version of the same resource was received before. A handler that only cares for how things are
    /// now may ignore a stale event; `stale: skip` in its file in `webhooks/` does that for it.
    public let isStale: Bool
    /// The decoded body.
    public let payload: Payload
    /// The numbers, amounts and names that really stand in the body, to hold answers against.
    public let facts: EventFacts

    public init(
        id: String, topic: Topic, shop: Shop, apiVersion: String? = nil, triggeredAt: Date? = nil, receivedAt: Date,
        attempt: Int = 1, isStale: Bool = false, payload: Payload, facts: EventFacts
    ) {
        self.id = id
        self.topic = topic
        self.shop = shop
        self.apiVersion = apiVersion
        self.triggeredAt = triggeredAt
        self.receivedAt = receivedAt
        self.attempt = attempt
        self.isStale = isStale
        self.payload = payload
        self.facts = facts
    }
}
