import Foundation
import Vocabulary

/// The price list as `GET /v1/models` shows it.
struct ModelList: Encodable {
    var data: [Entry]

    struct Entry: Encodable {
        var id: String
        var name: String
        var pricing: Pricing
    }

    /// Dollars per token, as decimal digits.
    struct Pricing: Encodable {
        var prompt: String
        var completion: String
    }

    init(prices: [String: ModelPrice]) {
        data = prices.sorted { $0.key < $1.key }.map { id, price in
            Entry(
                id: id, name: id,
                pricing: Pricing(
                    prompt: Self.dollars(picos: price.prompt.picos),
                    completion: Self.dollars(picos: price.completion.picos)))
        }
    }

    private static func dollars(picos: Int64) -> String {
        (Decimal(picos) / 1_000_000_000_000).description
    }
}
