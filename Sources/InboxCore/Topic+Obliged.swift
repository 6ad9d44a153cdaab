package import Bellhop

extension Topic {
    /// With it a shop's stay ends.
    package static let uninstallation: Topic = "app/uninstalled"

    /// A shop's or a customer's wish to be told or forgotten, and that the app may act for the shop no more. Bellhop
    /// answers them itself, takes them in for as long as there is any room, and from a shop that has gone, too.
    package static let obliged: Set<Topic> = [
        "customers/data_request", "customers/redact", "shop/redact", uninstallation,
    ]

    /// Whether a body is one of this topic, an ``obliged`` one, and names the shop (Shopify's samples of 2026-10).
    ///
    /// The headers that say which topic and which shop it is for are not signed: only what the body says by itself
    /// counts. The bodies of other topics name no shop at their top, but for those about the shop itself, which name it
    /// as `myshopify_domain` alone.
    package func isBorneOut(by body: JSONValue, of shop: Shop) -> Bool {
        let member = self == .uninstallation ? "myshopify_domain" : "shop_domain"
        guard let domain = body[member]?.string, Shop(domain: domain) == shop else { return false }
        return foreignMembers.allSatisfy { body[$0] == nil }
    }

    /// What only the bodies of others of these topics have.
    private var foreignMembers: [String] {
        switch self {
        case "shop/redact": ["customer", "orders_to_redact", "orders_requested", "data_request"]
        case "customers/redact": ["orders_requested", "data_request"]
        case "customers/data_request": ["orders_to_redact"]
        default: []
        }
    }
}
