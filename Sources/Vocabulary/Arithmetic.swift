package import Foundation

extension Int64 {
    func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }

    func saturatingDifference(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    func saturatingProduct(_ other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// The smallest integer not below `decimal`; `nil` when it is not a number or does not fit.
    init?(roundingUp decimal: Decimal) {
        guard !decimal.isNaN, decimal <= Decimal(Int64.max), decimal >= Decimal(Int64.min) else { return nil }
        var source = decimal
        var rounded = Decimal()
        NSDecimalRound(&rounded, &source, 0, .up)
        guard let value = Int64(rounded.description) else { return nil }
        self = value
    }
}

extension Decimal {
    /// A number from an optional sign, digits and at most one point; at most 30 characters, no exponent.
    package init?(plainDigits text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard (1...30).contains(text.utf8.count),
            digits.utf8.contains(where: \.isASCIIDigit),
            digits.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") }),
            digits.count(where: { $0 == "." }) <= 1
        else { return nil }
        self.init(string: text)
    }
}
