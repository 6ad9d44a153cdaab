import Bellhop

/// What Shopify asks of an app before it sends a topic.
///
/// Source: the documented topics of API version 2026-04, as https://github.com/gadget-inc/shopify-webhook-schemas has
/// them, and https://shopify.dev/docs/apps/launch/protected-customer-data. Apps for marketplaces and memberships may use
/// other scopes in place of these.
struct TopicAccess: Sendable, Hashable {
    /// For example `read_orders`.
    var scope: String
    /// Whether the body is protected customer data, to which an app has to request access beside the scope.
    var isProtected = false

    /// - Returns: `nil` for a topic of which it is not known here.
    init?(_ topic: Topic) {
        guard let access = Self.known[topic] else { return nil }
        self = access
    }

    private init(_ scope: String, isProtected: Bool = false) {
        self.scope = scope
        self.isProtected = isProtected
    }

    private static let orders = TopicAccess("read_orders", isProtected: true)
    private static let returns = TopicAccess("read_returns")
    private static let customers = TopicAccess("read_customers", isProtected: true)
    private static let fulfillments = TopicAccess("read_fulfillments", isProtected: true)
    private static let products = TopicAccess("read_products")
    private static let metaobjects = TopicAccess("read_metaobjects")
    private static let inventory = TopicAccess("read_inventory")

    private static let known: [Topic: TopicAccess] = [
        "orders/cancelled": orders, "orders/create": orders, "orders/delete": TopicAccess("read_orders"),
        "orders/edited": orders, "orders/fulfilled": orders, "orders/paid": orders,
        "orders/partially_fulfilled": orders, "orders/updated": orders, "refunds/create": orders,
        "returns/approve": returns, "returns/cancel": returns, "returns/close": returns, "returns/decline": returns,
        "returns/process": returns, "returns/reopen": returns, "returns/request": returns, "returns/update": returns,
        "customers/create": customers, "customers/delete": TopicAccess("read_customers"),
        "customers/disable": customers, "customers/enable": customers, "customers/update": customers,
        "fulfillments/create": fulfillments, "fulfillments/update": fulfillments, "products/create": products,
        "products/delete": products, "products/update": products, "metaobjects/create": metaobjects,
        "metaobjects/delete": metaobjects, "metaobjects/update": metaobjects, "inventory_levels/connect": inventory,
        "inventory_levels/disconnect": inventory, "inventory_levels/update": inventory,
    ]
}

extension Registration {
    /// What the app needs beside the subscriptions, as comments of TOML; empty when it needs nothing.
    var accessComments: [String] {
        let topics = entries.map(\.topic)
        let scopes = Dictionary(grouping: topics) { TopicAccess($0)?.scope }
        var comments = scopes.compactMap { scope, topics in scope.map { "#   \($0): \(Self.words(topics))" } }.sorted()
        if !comments.isEmpty { comments.insert("# The app needs these access scopes:", at: 0) }
        if let unknown = scopes[nil] {
            comments.append("# Look up in Shopify's list of topics which scopes these need: \(Self.words(unknown))")
        }
        let protected = topics.filter { TopicAccess($0)?.isProtected == true }
        if !protected.isEmpty {
            comments += [
                "# Protected customer data: \(Self.words(protected)).",
                "# The app has to request access to it, for a development store too; without, fields come empty or not at all.",
            ]
        }
        return comments
    }

    private static func words(_ topics: [Topic]) -> String {
        topics.map(\.rawValue).joined(separator: ", ")
    }
}
