import Foundation
import Vocabulary

/// The price list as `GET /v1/models` shows it.
struct ModelList {
    let prices: [String: ModelPrice]
    /// Otherwise the list has the ids alone, as with servers that are not OpenRouter.
    let showsOffers: Bool

    var json: JSONValue {
        [
            "object": "list",
            "data": .array(prices.sorted { $0.key < $1.key }.map { id, price in entry(id, price) }),
        ]
    }

    private func entry(_ id: String, _ price: ModelPrice) -> JSONValue {
        guard showsOffers else { return ["id": .string(id), "object": "model", "owned_by": "stand-in"] }
        return [
            "id": .string(id), "canonical_slug": .string(id), "name": .string(id),
            "context_length": 131_072,
            "pricing": [
                "prompt": .string(Self.dollars(picos: price.prompt.picos)),
                "completion": .string(Self.dollars(picos: price.completion.picos)),
            ],
            "supported_parameters": [
                "max_tokens", "reasoning", "response_format", "seed", "stop", "structured_outputs", "temperature",
                "top_p",
            ],
            "expiration_date": .null,
        ]
    }

    /// Dollars per token, as decimal digits.
    private static func dollars(picos: Int64) -> String {
        (Decimal(picos) / 1_000_000_000_000).description
    }
}
