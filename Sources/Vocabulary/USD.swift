public import Foundation

/// An amount of United States dollars, held exactly as a whole number of nano-dollars (1e-9 USD).
///
/// Arithmetic saturates at the ends of `Int64` (about ± 9.2 billion dollars) instead of trapping, so that a
/// hostile number in a provider's answer can make an amount absurd but cannot stop the process.
public struct USD: Sendable, Hashable, Comparable, Codable {
    /// The amount in nano-dollars.
    public let nanos: Int64

    public init(nanos: Int64) {
        self.nanos = nanos
    }

    /// An amount from decimal dollars, rounded up to the next nano-dollar.
    ///
    /// - Returns: `nil` when the amount is not a number or does not fit.
    public init?(dollars: Decimal) {
        guard let nanos = Int64(roundingUp: dollars * 1_000_000_000) else { return nil }
        self.nanos = nanos
    }

    /// An amount from decimal digits such as `"1.50"`.
    ///
    /// - Returns: `nil` when the text is anything but a plain decimal number.
    public init?(dollars text: String) {
        guard let decimal = Decimal(plainDigits: text) else { return nil }
        self.init(dollars: decimal)
    }

    public static let zero = USD(nanos: 0)

    /// Whole cents (1 cent is 10,000,000 nano-dollars).
    public static func cents(_ cents: Int) -> USD {
        USD(nanos: Int64(clamping: cents).saturatingProduct(10_000_000))
    }

    /// The amount as decimal dollars.
    public var dollars: Decimal {
        Decimal(nanos) / 1_000_000_000
    }

    public static func < (a: USD, b: USD) -> Bool {
        a.nanos < b.nanos
    }

    public static func + (a: USD, b: USD) -> USD {
        USD(nanos: a.nanos.saturatingSum(b.nanos))
    }

    public static func - (a: USD, b: USD) -> USD {
        USD(nanos: a.nanos.saturatingDifference(b.nanos))
    }

    public static func += (a: inout USD, b: USD) {
        a = a + b
    }

    public init(from decoder: any Decoder) throws {
        nanos = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanos)
    }
}

extension USD: CustomStringConvertible {
    /// Dollars with six decimals, for example `$0.000123`; the sign comes first.
    public var description: String {
        let micros = (nanos.magnitude + 500) / 1000
        let fraction = String(micros % 1_000_000)
        let padding = String(repeating: "0", count: 6 - fraction.count)
        return "\(nanos < 0 ? "-" : "")$\(micros / 1_000_000).\(padding)\(fraction)"
    }
}

extension Sequence<USD> {
    /// The sum of all amounts.
    public func total() -> USD {
        reduce(.zero, +)
    }
}
