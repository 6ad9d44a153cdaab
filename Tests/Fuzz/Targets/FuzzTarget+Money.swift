import Bellhop
import Foundation

extension FuzzTarget {
    /// Amounts as webhooks and configurations write them: shown and read again they are the same.
    static let money = FuzzTarget(name: "money") { data in
        let text = String(decoding: data.prefix(200), as: UTF8.self)
        if let amount = MoneyAmount(text) {
            try checkRoundTrip(amount)
            _ = amount + amount + MoneyAmount(whole: .max)
        }
        if let amount = try? JSONDecoder().decode(MoneyAmount.self, from: data) { try checkRoundTrip(amount) }
        if let amount = try? JSONValue(parsing: data).decode(MoneyAmount.self) { try checkRoundTrip(amount) }
        if let amount = USD(dollars: text) {
            try require(USD(dollars: amount.dollars) == amount, "an amount in dollars changes")
            _ = amount + amount - USD(nanos: .min)
            try require(amount.description.utf8.count <= 30, "an amount is long to show")
        }
        if let dollars = USD(dollars: text)?.dollars, let price = TokenPrice(dollarsPerMillion: dollars) {
            try require(price.picos >= 0, "a price is negative")
            try require(price.cost(of: .max) >= price.cost(of: 1), "more tokens cost less")
        }
    }

    private static func checkRoundTrip(_ amount: MoneyAmount) throws {
        let shown = amount.description
        guard let again = MoneyAmount(shown) else { throw BrokenProperty(description: "an amount shown is none") }
        try require(again == amount, "an amount changes when it is shown")
        try require(again.description == shown, "an amount is shown in two ways")
        let coded = try JSONEncoder().encode([amount])
        try require(try JSONDecoder().decode([MoneyAmount].self, from: coded) == [amount], "an amount changes in JSON")
    }
}
