package import Bellhop
package import Foundation

/// A delivery as Shopify sends it: the body, and the headers of a classic webhook.
package struct SignedDelivery: Sendable {
    package var topic: Topic
    package var ids: DeliveryIDs
    package var kind: Kind
    package var headers: [(name: String, value: String)]
    package var body: Data

    package enum Kind: String, Sendable, Hashable, Codable {
        case genuine
        /// Sent before under the same webhook id.
        case duplicate
        /// Under a wrong signature.
        case forged
    }

    /// - Parameters:
    ///   - signature: of the body; for a forged delivery a wrong one.
    ///   - apiVersion: for example `2026-10`.
    ///   - triggeredAt: when the shop caused it.
    package init(
        _ sample: SampleFile, signature: DeliverySignature, shop: Shop, apiVersion: String, ids: DeliveryIDs,
        kind: Kind, triggeredAt: Date
    ) {
        topic = sample.topic
        body = sample.body
        self.ids = ids
        self.kind = kind
        headers = [
            ("Content-Type", "application/json"),
            ("User-Agent", "Shopify-Captain-Hook"),
            ("X-Shopify-Topic", sample.topic.rawValue),
            ("X-Shopify-Hmac-Sha256", signature.header),
            ("X-Shopify-Shop-Domain", shop.domain),
            ("X-Shopify-API-Version", apiVersion),
            ("X-Shopify-Webhook-Id", ids.webhook.uuidString.lowercased()),
            ("X-Shopify-Event-Id", ids.event.uuidString.lowercased()),
            ("X-Shopify-Triggered-At", triggeredAt.formatted(.iso8601WithFraction)),
        ]
    }

    /// The status that a correct server answers.
    package var expectedStatus: Int {
        kind == .forged ? 401 : 200
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601WithFraction: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    }
}
