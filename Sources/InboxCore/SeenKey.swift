package import Bellhop
package import Foundation

/// What makes two deliveries the same: one key for the delivery, a second for what happened.
package struct SeenKey: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// The same delivery, sent again.
        case webhook
        /// Another delivery of the same event with the same body.
        case event
    }

    package var kind: Kind
    package var sender: String
    package var shop: Shop
    /// The webhook id or the event id.
    package var id: String
    /// Part of the event's key only; empty otherwise.
    package var topic: String
    /// Part of the event's key only; empty otherwise.
    package var bodyHash: Data
}

extension Delivery {
    /// The keys under which a second delivery of the same thing is found, the likeliest first.
    package var seenKeys: [SeenKey] {
        let webhook = SeenKey(
            kind: .webhook, sender: sender, shop: shop, id: webhookID, topic: "", bodyHash: Data())
        guard let eventID else { return [webhook] }
        return [
            webhook,
            SeenKey(
                kind: .event, sender: sender, shop: shop, id: eventID, topic: topic.rawValue, bodyHash: bodyHash),
        ]
    }
}
