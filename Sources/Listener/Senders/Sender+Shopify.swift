import Cryptography
import HTTPTypes

extension Sender {
    /// Classic webhooks: `X-Shopify-*`, the topic in slash form.
    static let shopifyWebhooks = HTTPField.Name("x-shopify-hmac-sha256").map { name in
        Sender(
            kind: .shopify, signatureHeader: name, signature: { MessageCode(base64: $0) },
            headers: IdentityHeaders(
                topic: ["x-shopify-topic"], shop: "x-shopify-shop-domain", webhookID: "x-shopify-webhook-id",
                eventID: "x-shopify-event-id", apiVersion: "x-shopify-api-version",
                triggeredAt: "x-shopify-triggered-at"))
    }

    /// Next-generation Events: the same without `X-`. Their topic is a resource, `Product`, with an action of its own,
    /// `update`; it is recorded as `product/update`. They have no event id.
    static let shopifyEvents = HTTPField.Name("shopify-hmac-sha256").map { name in
        Sender(
            kind: .shopify, signatureHeader: name, signature: { MessageCode(base64: $0) },
            headers: IdentityHeaders(
                topic: ["shopify-topic", "shopify-action"], shop: "shopify-shop-domain",
                webhookID: "shopify-webhook-id", eventID: nil, apiVersion: "shopify-api-version",
                triggeredAt: "shopify-triggered-at"))
    }
}
