public import Foundation

/// An amount of money as a webhook writes it: a text such as `"119.50"`, or a JSON number. Held exactly.
///
/// Amounts are equal when their values are; `5` and `5.00` differ only in how they are shown.
public struct MoneyAmount: Sendable {
    public let decimal: Decimal
    /// How many digits stand after the point when the amount is shown: as many as were sent, but never just one,
    /// because no currency has one.
    public let fractionDigits: Int

    /// - Returns: `nil` for anything but a plain decimal number below 10^18 with at most 10 digits after the point.
    public init?(_ text: String) {
        guard let decimal = Decimal(plainNumber: text) else { return nil }
        let digits = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        self.init(decimal: decimal, sentDigits: digits)
    }

    /// A whole amount, shown without a point.
    public init(whole: Int) {
        self.init(decimal: Decimal(whole), fractionDigits: 0)
    }

    private init?(decimal: Decimal, sentDigits: Int) {
        guard decimal.magnitude < Decimal(1_000_000_000_000_000_000), (0...10).contains(sentDigits) else { return nil }
        self.decimal = decimal
        fractionDigits = sentDigits == 1 ? 2 : sentDigits
    }

    private init(decimal: Decimal, fractionDigits: Int) {
        self.decimal = decimal
        self.fractionDigits = fractionDigits
    }

    public static func + (a: MoneyAmount, b: MoneyAmount) -> MoneyAmount {
        MoneyAmount(decimal: a.decimal + b.decimal, fractionDigits: max(a.fractionDigits, b.fractionDigits))
    }
}

extension MoneyAmount: Comparable, Hashable {
    public static func == (a: MoneyAmount, b: MoneyAmount) -> Bool {
        a.decimal == b.decimal
    }

    public static func < (a: MoneyAmount, b: MoneyAmount) -> Bool {
        a.decimal < b.decimal
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(decimal)
    }
}

extension MoneyAmount: Codable {
    /// - Throws: `DecodingError` when the value is neither a number nor a text with one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let amount =
            if let text = try? container.decode(String.self) {
                MoneyAmount(text)
            } else {
                MoneyAmount(number: try container.decode(Decimal.self))
            }
        guard let amount else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an amount of money")
        }
        self = amount
    }

    private init?(number: Decimal) {
        guard !number.isNaN else { return nil }
        self.init(decimal: number, sentDigits: max(0, -number.exponent))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension MoneyAmount: CustomStringConvertible {
    /// The amount with its digits after the point, for example `119.50`, `630` or `-8.95`.
    public var description: String {
        let parts = decimal.description.split(separator: ".")
        guard fractionDigits > 0, let whole = parts.first else { return decimal.description }
        let fraction = parts.dropFirst().first ?? ""
        return whole + "." + fraction + String(repeating: "0", count: max(0, fractionDigits - fraction.count))
    }
}
