import Foundation

/// A number as its digits are read: an integer that fits a word, times a power of ten.
///
/// Nearly all numbers are this small, and `Decimal` takes ten times as long to read the same digits from a text.
struct JSONNumber {
    var isNegative = false
    private var mantissa: UInt64 = 0
    private var exponent = 0
    /// Whether every digit so far has found room.
    private var isExact = true

    mutating func append(digit: UInt8, isFraction: Bool) {
        let (tens, overflow) = mantissa.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
        guard isExact, !overflow, !carry else {
            isExact = false
            return
        }
        mantissa = sum
        if isFraction { exponent -= 1 }
    }

    mutating func scale(by power: Int) {
        exponent += power
    }

    /// The value, or `nil` when it needs more room than there is here.
    var value: JSONValue? {
        guard isExact else { return nil }
        if mantissa == 0 { return .integer(0) }
        var (mantissa, exponent) = (mantissa, exponent)
        // 3.0 and 3e0 are the whole number 3.
        while exponent < 0, mantissa.isMultiple(of: 10) {
            mantissa /= 10
            exponent += 1
        }
        guard exponent < 0 else { return Self.whole(mantissa, exponent, isNegative).map { .integer($0) } }
        // Far from the ends of what `Decimal` can hold.
        guard exponent > -100 else { return nil }
        return .number(
            Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: Decimal(mantissa)))
    }

    private static func whole(_ mantissa: UInt64, _ exponent: Int, _ isNegative: Bool) -> Int64? {
        guard exponent < 19 else { return nil }
        var magnitude = mantissa
        for _ in 0..<exponent {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            magnitude = product
        }
        if isNegative, magnitude == Int64.min.magnitude { return .min }
        return Int64(exactly: magnitude).map { isNegative ? -$0 : $0 }
    }
}
