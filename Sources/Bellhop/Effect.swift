public import Vocabulary

/// Something a handler wants done in the world. Effects are values: they are recorded first and delivered later.
public enum Effect: Sendable, Hashable {
    /// Add tags to an order, product or customer; tags that are there already stay.
    case tag(ResourceID, [String])
    /// Leave a note for the staff. It is never shown to the customer.
    case note(ResourceID, String)
    /// Set a metafield.
    case metafield(ResourceID, Metafield)
    /// Send JSON to a destination that the configuration names; see ``Post``.
    case post(Post)

    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case tag, note, metafield, post
    }

    /// A value that an app keeps with a resource.
    public struct Metafield: Sendable, Hashable, Codable {
        /// 3 to 255 characters.
        public var namespace: String
        /// 2 to 64 characters.
        public var key: String
        /// Shopify's name of the type, for example `single_line_text_field` or `json`.
        public var type: String
        public var value: String

        public init(namespace: String = "bellhop", key: String, type: String = "single_line_text_field", value: String)
        {
            self.namespace = namespace
            self.key = key
            self.type = type
            self.value = value
        }
    }

    /// A signed HTTPS POST. Where it goes is the configuration's to say, so that nothing in a payload or an answer can.
    public struct Post: Sendable, Hashable, Codable {
        /// A name under `destinations:` in `bellhop.yaml`, among the handler's ``WebhookHandler/destinations``.
        public var destination: String
        public var body: JSONValue
        /// What the receiver sets in the shop when it does as it is told. A webhook that shows just this is taken for
        /// the echo of it where the subscription has an `echo_guard`.
        public var writes: [Write]

        public init(to destination: String, _ body: JSONValue, writes: [Write] = []) {
            self.destination = destination
            self.body = body
            self.writes = writes
        }
    }

    /// Values that fields of a resource of the shop have been given, as its webhooks will show them.
    public struct Write: Sendable, Hashable, Codable {
        public var resource: ResourceID
        /// By top-level field of the webhook's body.
        public var fields: [String: JSONValue]

        public init(_ resource: ResourceID, _ fields: [String: JSONValue]) {
            self.resource = resource
            self.fields = fields
        }
    }

    public var kind: Kind {
        switch self {
        case .tag: .tag
        case .note: .note
        case .metafield: .metafield
        case .post: .post
        }
    }

    /// The resource that the effect changes; `nil` when it changes none of the shop's.
    public var resource: ResourceID? {
        switch self {
        case .tag(let id, _), .note(let id, _), .metafield(let id, _): id
        case .post: nil
        }
    }
}
