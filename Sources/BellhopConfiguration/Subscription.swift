package import Bellhop
package import Vocabulary

/// One file of `webhooks/`: a topic, the handler for it, and how the shop should filter.
package struct Subscription: Sendable {
    /// The file it was read from.
    package var file: String
    package var topic: Topic
    /// The id of the handler.
    package var handler: String
    /// Shopify's filter, for example `type:product_review`.
    package var filter: String?
    /// The fields that the shop should send; all when empty.
    package var includeFields: [String]
    /// The handler's settings, an object.
    package var settings: JSONValue
    /// A model to ask first instead of what the routing matrix says.
    package var model: String?

    /// Line 1 is as good a place as any for a mistake that only the handler can see.
    package func mistake(_ message: String) -> ConfigurationError {
        ConfigurationError(file: file, message: message)
    }
}
