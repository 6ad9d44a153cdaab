import Foundation

/// Reads the moments that senders write: `2026-11-18T17:42:17.123456789Z`, with any number of fraction digits or none,
/// in UTC or with an offset.
enum Timestamp {
    /// - Returns: `nil` for anything that is not a moment between the years 1970 and 9999.
    static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard let day = scanner.date(), scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let time = scanner.time(), let fraction = scanner.fraction(), let offset = scanner.offset(),
            scanner.rest.isEmpty
        else { return nil }
        return Date(timeIntervalSince1970: Double(day * 86_400 + time - offset) + fraction)
    }
}

private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits whose number lies in the range.
    mutating func number(_ count: Int, in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        rest.removeFirst(count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(value) ? value : nil
    }

    /// Days since 1970-01-01.
    mutating func date() -> Int? {
        guard let year = number(4, in: 1970...9999), skip("-"), let month = number(2, in: 1...12), skip("-"),
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
    mutating func time() -> Int? {
        guard let hour = number(2, in: 0...23), skip(":"), let minute = number(2, in: 0...59), skip(":"),
            let second = number(2, in: 0...60)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// A fraction of a second, 0 when there is none.
    mutating func fraction() -> Double? {
        guard skip(".") || skip(",") else { return 0 }
        let digits = rest.prefix(while: \.isASCIIDigit)
        rest.removeFirst(digits.count)
        return digits.isEmpty ? nil : Double("0." + String(decoding: digits, as: UTF8.self))
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2, in: 0...23) else { return nil }
        _ = skip(":")
        guard let minutes = number(2, in: 0...59) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
