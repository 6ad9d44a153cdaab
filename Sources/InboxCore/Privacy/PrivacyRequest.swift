package import Bellhop
package import Foundation

/// Somebody's right to be told or to be forgotten, as a webhook brought it.
package struct PrivacyRequest: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case eraseCustomer = "customers/redact"
        case eraseShop = "shop/redact"
        case exportCustomer = "customers/data_request"
    }

    package var kind: Kind
    /// The delivery that brought it. It is about what was received up to then.
    package var deliveryID: String
    package var shop: Shop
    package var webhookID: String
    package var requestedAt: Date
    /// The customer, and the orders that are named; empty when it is about the whole shop.
    package var subjects: Set<Subject>

    package init(
        _ kind: Kind, deliveryID: String, shop: Shop, webhookID: String, requestedAt: Date,
        subjects: Set<Subject> = []
    ) {
        self.kind = kind
        self.deliveryID = deliveryID
        self.shop = shop
        self.webhookID = webhookID
        self.requestedAt = requestedAt
        self.subjects = subjects
    }
}

/// The handler that is Bellhop's own: it takes the requests and needs no subscription.
package enum PrivacyHandler {
    package static let id = "bellhop-privacy"
}

/// Why a privacy request cannot go on yet.
package enum PrivacyDelay: Error, Sendable, Hashable {
    /// Payloads that have to be searched are sealed with this key.
    case missingKey(String)
    /// An earlier request about the same data, or another handler of this one, is not done with it.
    case othersAtWork
    /// Somebody reads the database, so that the log cannot be emptied.
    case readersAtWork
}
