import Bellhop
import Foundation

/// The shop that a body names by itself, in the few topics where that must agree with the headers: what they ask for,
/// erasing a customer or ending a shop's stay, must not be turned on another shop by a forged header.
enum BodyShop {
    static let topics: Set<Topic> = [
        "customers/data_request", "customers/redact", "shop/redact", "app/uninstalled",
    ]

    /// Whether the body does not speak against the shop. One that cannot be read, or names no shop, says nothing.
    static func agrees(_ body: Data, with shop: Shop) -> Bool {
        guard let named = try? JSONDecoder().decode(Named.self, from: body) else { return true }
        return named.domains.allSatisfy { $0.lowercased() == shop.domain }
    }

    private struct Named: Decodable {
        var domains: [String]

        enum CodingKeys: String, CodingKey, CaseIterable {
            case shopDomain = "shop_domain"
            case myshopifyDomain = "myshopify_domain"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            domains = CodingKeys.allCases.compactMap { try? container.decodeIfPresent(String.self, forKey: $0) }
        }
    }
}
