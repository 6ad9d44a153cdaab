import Foundation
import Vocabulary

/// The most that an endpoint may cost for a request to be sent there, in dollars per million tokens.
struct MaxPrice {
    var prompt: Decimal?
    var completion: Decimal?

    /// Reads `provider.max_price`; amounts may be texts or numbers.
    ///
    /// - Throws: ``APIError`` with status 400 for an amount that is none.
    init(parsing json: JSONValue) throws(APIError) {
        prompt = try Self.amount(json["prompt"])
        completion = try Self.amount(json["completion"])
    }

    func allows(_ price: ModelPrice) -> Bool {
        prompt.map { price.prompt.dollarsPerMillion <= $0 } ?? true
            && completion.map { price.completion.dollarsPerMillion <= $0 } ?? true
    }

    private static func amount(_ json: JSONValue?) throws(APIError) -> Decimal? {
        guard let json, json != .null else { return nil }
        if let number = json.decimal { return number }
        // By way of JSON's own grammar: a text must be a number from end to end.
        let number = json.string.flatMap { try? JSONValue(parsing: Data($0.utf8)).decimal }
        guard let number else {
            throw .badRequest(
                "'provider.max_price' must hold decimal numbers in USD per million tokens.", parameter: "provider")
        }
        return number
    }
}
