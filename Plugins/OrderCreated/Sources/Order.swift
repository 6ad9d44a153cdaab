import Bellhop
import Foundation

/// What is read of an order. Names, streets, e-mail addresses and telephone numbers are not: what is never decoded
/// cannot reach a model.
public struct Order: Decodable, Sendable {
    let id: Int64
    let createdAt: ShopifyDate?
    let currency: String?
    let totalPrice: MoneyAmount?
    let sourceName: String?
    let note: String?
    let noteAttributes: [Attribute]?
    let discountCodes: [DiscountCode]?
    let billingAddress: Address?
    let shippingAddress: Address?
    let customer: Customer?
    let lineItems: [LineItem]?

    enum CodingKeys: String, CodingKey {
        case id, currency, note, customer
        case createdAt = "created_at"
        case totalPrice = "total_price"
        case sourceName = "source_name"
        case noteAttributes = "note_attributes"
        case discountCodes = "discount_codes"
        case billingAddress = "billing_address"
        case shippingAddress = "shipping_address"
        case lineItems = "line_items"
    }

    /// A name with a value of any kind, as apps and themes attach them.
    struct Attribute: Decodable, Sendable {
        let name: String?
        let value: JSONValue?
    }

    struct DiscountCode: Decodable, Sendable {
        let code: String?
    }

    struct Address: Decodable, Sendable {
        /// Two letters, for example `US`.
        let countryCode: String?

        enum CodingKeys: String, CodingKey {
            case countryCode = "country_code"
        }
    }

    struct Customer: Decodable, Sendable {
        let createdAt: ShopifyDate?
        /// `enabled`, `disabled` (never signed in), `invited` or `declined`.
        let state: String?
        let verifiedEmail: Bool?

        enum CodingKeys: String, CodingKey {
            case state
            case createdAt = "created_at"
            case verifiedEmail = "verified_email"
        }
    }

    struct LineItem: Decodable, Sendable {
        /// Title and variant.
        let name: String?
        let quantity: Int?
        let price: MoneyAmount?
        let giftCard: Bool?
        let properties: [Attribute]?

        enum CodingKeys: String, CodingKey {
            case name, quantity, price, properties
            case giftCard = "gift_card"
        }
    }

    /// How many minutes the customer's account had existed when the order was made.
    var accountAgeInMinutes: Int? {
        guard let ordered = createdAt?.date, let joined = customer?.createdAt?.date else { return nil }
        return Int((ordered.timeIntervalSince(joined) / 60).rounded(.down))
    }
}
