import Foundation
import Vocabulary

/// The member `pricing` of a listed model: dollars for one token, in decimal digits. A negative price, which
/// OpenRouter lists for models that only choose another, is not known.
struct ListedPrices {
    private let pricing: JSONValue?
    /// What is left of each price after the discount.
    private let share: Decimal

    init(_ pricing: JSONValue?) {
        self.pricing = pricing
        let discount = pricing?["discount"]?.listedNumber ?? 0
        share = (0...1).contains(discount) ? 1 - discount : 1
    }

    func token(_ name: String) -> TokenPrice? {
        amount(name).flatMap { TokenPrice(dollarsPerMillion: $0 * 1_000_000) }
    }

    var request: USD? {
        amount("request").flatMap { USD(dollars: $0) }
    }

    private func amount(_ name: String) -> Decimal? {
        pricing?[name]?.listedNumber.flatMap { $0 >= 0 ? $0 * share : nil }
    }
}

extension JSONValue {
    /// A number, or a text that is one; the exponent that some servers write is understood.
    fileprivate var listedNumber: Decimal? {
        if let decimal { return decimal }
        guard let string, string.utf8.count <= 40 else { return nil }
        return (try? JSONValue(parsing: Data(string.utf8)))?.decimal
    }
}
