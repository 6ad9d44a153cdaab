/// A day in the budgets' time zone, for example 20261124.
public struct BudgetDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Year, month and day as decimal digits.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// - Parameter text: `2026-11-24`.
    /// - Returns: `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            year >= 0, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        number = year * 10_000 + month * 100 + day
    }

    public var description: String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        return "\(padded.prefix(4))-\(padded.dropFirst(4).prefix(2))-\(padded.suffix(2))"
    }

    public static func < (a: BudgetDay, b: BudgetDay) -> Bool {
        a.number < b.number
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = BudgetDay(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day such as 2026-11-24")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
