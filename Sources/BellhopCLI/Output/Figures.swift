import CostEstimate
import Foundation
import Terminal
import Vocabulary

/// Amounts and shares as people read them. Rounding happens here and nowhere else.
enum Figures {
    /// Dollars in whole cents, for example `1,234.50`; what is less than half a cent but not nothing is `<0.01`.
    static func cents(_ amount: USD) -> String {
        let isTooSmall = amount > .zero && amount.dollars.rounded(decimals: 2).isZero
        return isTooSmall ? "<0.01" : fixed(amount.dollars, decimals: 2)
    }

    /// Dollars in whole cents, with a sign unless they are zero.
    static func difference(_ dollars: Decimal) -> String {
        (dollars.rounded(decimals: 2) > 0 ? "+" : "") + fixed(dollars, decimals: 2)
    }

    /// As the source writes it, with commas between thousands.
    static func claimed(_ figure: ClaimedFigure) -> String {
        fixed(figure.value, decimals: figure.decimals)
    }

    /// A percentage with one decimal, without its sign; a dash when there is none.
    static func percent(_ share: Decimal?) -> String {
        share.map { fixed($0, decimals: 1) } ?? "–"
    }

    /// Dollars per million tokens.
    static func price(_ price: TokenPrice) -> String {
        exact(price.dollarsPerMillion)
    }

    /// All digits of an amount, and at least its cents.
    static func exact(_ amount: Decimal) -> String {
        let decimals = (2...12).first { amount.rounded(decimals: $0) == amount } ?? 12
        return fixed(amount, decimals: decimals)
    }

    /// Rounded to so many decimals, all of which are written.
    static func fixed(_ number: Decimal, decimals: Int) -> String {
        let parts = number.magnitude.rounded(decimals: decimals).description.split(separator: ".")
        let whole = parts.first.map { Int($0)?.grouped ?? String($0) } ?? "0"
        let fraction = (parts.count > 1 ? String(parts[1]) : "").padding(
            toLength: decimals, withPad: "0", startingAt: 0)
        let sign = number.rounded(decimals: decimals) < 0 ? "-" : ""
        return sign + whole + (decimals > 0 ? "." + fraction : "")
    }
}
