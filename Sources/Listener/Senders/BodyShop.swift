import Bellhop
import Foundation
import InboxCore

/// The shop that a body names by itself, in the few topics where the body has to vouch for it: what they ask for,
/// erasing a customer or ending a shop's stay, must not be turned on another shop, or be made of another webhook's
/// body, by headers that nobody signed.
enum BodyShop: Sendable, Equatable {
    /// The shop of the headers, in a body as this topic has them.
    case same
    case another
    /// None where this topic's bodies name it, or the body belongs to another topic.
    case unproven

    /// Said of a delivery that a person has to look at.
    static let holdReason =
        "the signed body does not show that it asks this of this shop, and headers are not signed; look at it, and run it "
        + "again only if it is genuine"

    /// The members at the top of a body that name a shop.
    private static let members = ["shop_domain", "myshopify_domain"]

    /// - Parameters:
    ///   - body: one that cannot be read proves nothing.
    ///   - topic: one of ``Bellhop/Topic/obliged``.
    ///   - shop: that of the headers.
    init(named body: Data, under topic: Topic, claiming shop: Shop) {
        guard let body = try? JSONValue(parsing: body) else {
            self = .unproven
            return
        }
        let named = Self.members.compactMap { body[$0]?.string }
        guard named.allSatisfy({ $0.lowercased() == shop.domain }) else {
            self = .another
            return
        }
        self = topic.isBorneOut(by: body, of: shop) ? .same : .unproven
    }
}
