import Bellhop

extension OrderCreated {
    public struct Settings: Decodable, Sendable {
        /// The score of signals from which an order is assessed for fraud, 1 to 20.
        var riskThreshold = 4
        /// The total from which an order counts as one of high value, in the shop's currency.
        var highValue = MoneyAmount(whole: 500)
        /// The quantity of one item from which it counts as large, 2 to 10,000.
        var largeQuantity = 10
        /// How many minutes before the order a customer's account still counts as new, 1 to 10,080 (a week).
        var newAccountMinutes = 30

        /// The defaults.
        public init() {}

        /// - Throws: `SettingsError` for an unknown key or a value that makes no sense.
        public init(from decoder: any Decoder) throws {
            var reader = try SettingsReader(decoder)
            riskThreshold = try reader.value("risk_threshold", in: 1...20, default: riskThreshold)
            highValue = try reader.value(
                "high_value", in: MoneyAmount(whole: 1)...MoneyAmount(whole: 1_000_000_000), default: highValue)
            largeQuantity = try reader.value("large_quantity", in: 2...10_000, default: largeQuantity)
            newAccountMinutes = try reader.value("new_account_minutes", in: 1...10_080, default: newAccountMinutes)
            try reader.finish()
        }
    }
}
