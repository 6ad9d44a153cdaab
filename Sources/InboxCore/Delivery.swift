package import Bellhop
package import Foundation

/// One webhook as it came through the door: verified, identified, not yet parsed.
package struct Delivery: Sendable, Hashable {
    /// Which kind of sender it was, for example `shopify`; part of the de-duplication key.
    package var sender: String
    package var shop: Shop
    package var topic: Topic
    /// The sender's id of this delivery. A second delivery with the same sender, shop and id is a duplicate.
    package var webhookID: String
    /// The sender's id of what happened, shared by several deliveries; not always sent.
    package var eventID: String?
    package var apiVersion: String?
    package var triggeredAt: Date?
    /// What the webhook is about, for example `Order/6021473918231`; `nil` when that cannot be told. Jobs about one
    /// resource run in order.
    package var resource: String?
    /// How new what it tells of the resource is: the body's `updated_at`, else when it was triggered.
    package var version: Date?
    /// The headers worth keeping, names in lower case. Never the signature.
    package var headers: [String: String]
    /// The body exactly as received.
    package var body: Data
    /// SHA-256 of the body, 32 bytes.
    package var bodyHash: Data
    package var receivedAt: Date

    package init(
        sender: String, shop: Shop, topic: Topic, webhookID: String, eventID: String? = nil, apiVersion: String? = nil,
        triggeredAt: Date? = nil, resource: String? = nil, version: Date? = nil, headers: [String: String] = [:],
        body: Data, bodyHash: Data, receivedAt: Date
    ) {
        self.sender = sender
        self.shop = shop
        self.topic = topic
        self.webhookID = webhookID
        self.eventID = eventID
        self.apiVersion = apiVersion
        self.triggeredAt = triggeredAt
        self.resource = resource
        self.version = version
        self.headers = headers
        self.body = body
        self.bodyHash = bodyHash
        self.receivedAt = receivedAt
    }

    /// When it was triggered; never later than it came, whatever the unsigned header says.
    package var happenedAt: Date { min(triggeredAt ?? receivedAt, receivedAt) }
}
