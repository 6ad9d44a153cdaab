package import Foundation

extension Decimal {
    /// Rounded to so many decimals; a half is rounded away from zero. A negative number rounds to tens, hundreds and
    /// so on.
    package func rounded(decimals: Int) -> Decimal {
        rounded(decimals: decimals, .plain)
    }

    func rounded(decimals: Int, _ mode: NSDecimalNumber.RoundingMode) -> Decimal {
        var source = self
        var result = Decimal()
        NSDecimalRound(&result, &source, decimals, mode)
        return result
    }

    /// Rounded to so many significant digits, for example 442.8 with two to 440.
    func rounded(significantDigits digits: Int) -> Decimal {
        rounded(decimals: digits - 1 - leadingExponent)
    }

    /// The power of ten of the first digit that is not zero: 2 for 442.8, -3 for 0.0072; 0 for zero.
    private var leadingExponent: Int {
        guard !isZero, !isNaN else { return 0 }
        var rest = magnitude
        var exponent = 0
        while rest >= 10 {
            rest /= 10
            exponent += 1
        }
        while rest < 1 {
            rest *= 10
            exponent -= 1
        }
        return exponent
    }
}

extension Range<Decimal> {
    /// The number with the fewest decimals in the range; `nil` when thirty are not enough.
    var shortestNumber: Decimal? {
        (0...30).lazy.map { lowerBound.rounded(decimals: $0, .up) }.first(where: contains)
    }
}
