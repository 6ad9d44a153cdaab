import Bellhop
import Foundation

/// What the receiver gets: what the event is, and its body.
struct ForwardedEvent {
    let body: JSONValue

    /// - Parameter fields: the top-level fields to pass on; all when empty. A body that is no object is passed on
    ///   whole.
    init(_ event: Event<JSONValue>, fields: [String]) {
        var facts: [String: JSONValue] = [
            "id": .string(event.id), "topic": .string(event.topic.rawValue), "shop": .string(event.shop.domain),
            "received_at": .string(Self.text(event.receivedAt)),
        ]
        facts["triggered_at"] = event.triggeredAt.map { .string(Self.text($0)) }
        facts["api_version"] = event.apiVersion.map { .string($0) }
        var payload = event.payload
        if !fields.isEmpty, let members = payload.members {
            payload = .object(members.filter { fields.contains($0.key) })
        }
        body = ["event": .object(facts), "payload": payload]
    }

    /// ISO 8601 with milliseconds, in UTC.
    private static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
