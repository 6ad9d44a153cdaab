import Bellhop
import Foundation

/// The shop that a body names by itself, in the few topics where the body has to vouch for it: what they ask for,
/// erasing a customer or ending a shop's stay, must not be turned on another shop, or be made of another webhook's
/// body, by headers that nobody signed.
enum BodyShop: Sendable, Equatable {
    /// The shop of the headers, in a body as this topic has them.
    case same
    case another
    /// None where this topic's bodies name it, or the body belongs to another topic.
    case unproven

    static let topics: Set<Topic> = [
        "customers/data_request", "customers/redact", "shop/redact", "app/uninstalled",
    ]

    /// Said of a delivery that a person has to look at.
    static let holdReason =
        "the signed body does not show that it asks this of this shop, and headers are not signed; look at it, and run it "
        + "again only if it is genuine"

    /// - Parameters:
    ///   - body: one that cannot be read proves nothing.
    ///   - shop: that of the headers.
    ///   - topic: one of ``topics``.
    init(named body: Data, under topic: Topic, claiming shop: Shop) {
        guard let named = try? JSONDecoder().decode(Named.self, from: body) else {
            self = .unproven
            return
        }
        guard named.domains.values.allSatisfy({ $0.lowercased() == shop.domain }) else {
            self = .another
            return
        }
        let rule = Rule(topic)
        let isProven = named.domains[rule.nameKey] != nil && named.others.isDisjoint(with: rule.foreignKeys)
        self = isProven ? .same : .unproven
    }

    /// What the bodies of a topic have and what only those of others have (Shopify's samples of 2026-10).
    private struct Rule {
        var nameKey: Named.Key
        var foreignKeys: Set<Named.Key>

        init(_ topic: Topic) {
            nameKey = topic == "app/uninstalled" ? .myshopifyDomain : .shopDomain
            foreignKeys =
                switch topic {
                case "shop/redact": [.customer]
                case "customers/redact": [.dataRequest, .ordersRequested]
                default: []
                }
        }
    }

    /// The keys at the top of a body that tell.
    private struct Named: Decodable {
        var domains: [Key: String] = [:]
        var others: Set<Key> = []

        enum Key: String, CodingKey, CaseIterable {
            case shopDomain = "shop_domain"
            case myshopifyDomain = "myshopify_domain"
            case customer
            case dataRequest = "data_request"
            case ordersRequested = "orders_requested"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            others = Set(container.allKeys)
            for key in [Key.shopDomain, .myshopifyDomain] {
                domains[key] = try? container.decodeIfPresent(String.self, forKey: key)
            }
        }
    }
}
