public import Foundation

/// The price of one token, held exactly as a whole number of pico-dollars (1e-12 USD).
///
/// Providers list prices as dollars per million tokens; one dollar per million is 1,000,000 pico-dollars a token.
public struct TokenPrice: Sendable, Hashable, Codable {
    /// Pico-dollars per token, never negative.
    public let picos: Int64

    /// - Returns: `nil` for a negative price; some catalogues use one to say "unknown".
    public init?(picos: Int64) {
        guard picos >= 0 else { return nil }
        self.picos = picos
    }

    /// - Parameter dollarsPerMillion: the list price, for example `0.25`.
    /// - Returns: `nil` when negative, not a number, or too large.
    public init?(dollarsPerMillion: Decimal) {
        guard let picos = Int64(roundingUp: dollarsPerMillion * 1_000_000) else { return nil }
        self.init(picos: picos)
    }

    public static let free = TokenPrice(unchecked: 0)

    private init(unchecked picos: Int64) {
        self.picos = picos
    }

    /// What `tokens` cost, rounded up to the next nano-dollar. A negative count costs nothing.
    public func cost(of tokens: Int) -> USD {
        let picos = Int64(clamping: Swift.max(0, tokens)).saturatingProduct(self.picos)
        return USD(nanos: picos / 1000 + (picos % 1000 == 0 ? 0 : 1))
    }

    /// The list price in dollars per million tokens.
    public var dollarsPerMillion: Decimal {
        Decimal(picos) / 1_000_000
    }
}
