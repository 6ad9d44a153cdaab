import Bellhop

/// What about an order asks for a closer look, found without a model.
///
/// The weights follow how often each is harmless: a guest's account is always new and never enabled, so those two
/// together stay below the default threshold of 4.
struct OrderSignals: Sendable, Hashable {
    enum Signal: Sendable, CaseIterable {
        case countriesDiffer, highValue, newAccount, accountNotEnabled, unverifiedEmail, severalDiscounts
        case largeQuantity, giftCard

        var weight: Int {
            switch self {
            case .countriesDiffer, .highValue, .newAccount, .largeQuantity, .giftCard: 2
            case .accountNotEnabled, .unverifiedEmail, .severalDiscounts: 1
            }
        }

        /// The signal in words, for the model and for the staff.
        var sentence: String {
            switch self {
            case .countriesDiffer: "billing and shipping country differ"
            case .highValue: "the order is of high value for this shop"
            case .newAccount: "the customer's account was made shortly before the order"
            case .accountNotEnabled: "the customer has no enabled account"
            case .unverifiedEmail: "the e-mail address is not verified"
            case .severalDiscounts: "several discount codes were used"
            case .largeQuantity: "a large quantity of one item was bought"
            case .giftCard: "gift cards were bought"
            }
        }
    }

    let found: [Signal]

    init(of order: Order, settings: OrderCreated.Settings) {
        found = Signal.allCases.filter { $0.isFound(in: order, settings: settings) }
    }

    var score: Int {
        found.reduce(0) { $0 + $1.weight }
    }
}

extension OrderSignals.Signal {
    fileprivate func isFound(in order: Order, settings: OrderCreated.Settings) -> Bool {
        let items = order.lineItems ?? []
        return switch self {
        case .countriesDiffer:
            if let billing = order.billingAddress?.countryCode, let shipping = order.shippingAddress?.countryCode {
                billing.uppercased() != shipping.uppercased()
            } else {
                false
            }
        case .highValue: order.totalPrice.map { $0 >= settings.highValue } ?? false
        case .newAccount: order.accountAgeInMinutes.map { $0 < settings.newAccountMinutes } ?? false
        case .accountNotEnabled: order.customer?.state.map { $0 != "enabled" } ?? false
        case .unverifiedEmail: order.customer?.verifiedEmail == false
        case .severalDiscounts: (order.discountCodes?.count ?? 0) > 1
        case .largeQuantity: items.contains { ($0.quantity ?? 0) >= settings.largeQuantity }
        case .giftCard: items.contains { $0.giftCard == true }
        }
    }
}
