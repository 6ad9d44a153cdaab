import Foundation

/// Reads a moment as ISO 8601 writes it, piece by piece, and strictly: Foundation's parser takes `T232023225` for an
/// hour.
struct MomentScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) {
        rest = Array(text.utf8)[...]
    }

    /// The moment that the whole text is; with `T` or a space before the time, and `Z` or an offset after it.
    mutating func moment() -> Date? {
        guard let day = date(), skip("T") || skip("t") || skip(" "), let time = time(), let fraction = fraction(),
            let offset = offset(), rest.isEmpty
        else { return nil }
        return Date(timeIntervalSince1970: Double(day * 86_400 + time - offset) + fraction)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits whose number lies in the range.
    private mutating func number(_ count: Int, in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        rest.removeFirst(count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(value) ? value : nil
    }

    /// Days since 1970-01-01, of the years 1 to 9999.
    private mutating func date() -> Int? {
        guard let year = number(4, in: 1...9999), skip("-"), let month = number(2, in: 1...12), skip("-"),
            let day = number(2, in: 1...31)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let past = year - 1
        let leapDays = (past / 4 - past / 100 + past / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
        return (year - 1970) * 365 + leapDays + lengths.prefix(month - 1).reduce(0, +) + day - 1
    }

    /// Seconds since midnight. A leap second counts as the one after it.
    private mutating func time() -> Int? {
        guard let hour = number(2, in: 0...23), skip(":"), let minute = number(2, in: 0...59), skip(":"),
            let second = number(2, in: 0...60)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// A fraction of a second, 0 when there is none.
    private mutating func fraction() -> Double? {
        guard skip(".") || skip(",") else { return 0 }
        let digits = rest.prefix(while: \.isASCIIDigit)
        rest.removeFirst(digits.count)
        return digits.isEmpty ? nil : Double("0." + String(decoding: digits, as: UTF8.self))
    }

    /// Seconds east of UTC.
    private mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2, in: 0...23) else { return nil }
        _ = skip(":")
        guard let minutes = number(2, in: 0...59) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
