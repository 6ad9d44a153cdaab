import CostEstimate
import Foundation

/// Says what the rounding of a table to whole cents hides.
enum RoundingNote {
    /// A column of money, its total being the exact sum of its amounts.
    struct Column {
        var title: String
        /// In dollars.
        var amounts: [Decimal]

        /// What somebody finds who adds up the column as it is printed.
        fileprivate var sumOfShown: Decimal {
            amounts.map { $0.rounded(decimals: 2) }.reduce(0, +)
        }

        fileprivate var total: Decimal {
            amounts.reduce(0, +)
        }
    }

    /// - Parameter hasTotal: whether the table ends in a row of totals.
    /// - Returns: an empty list when all amounts are whole cents.
    static func lines(_ columns: [Column], hasTotal: Bool) -> [String] {
        let isRounded = columns.contains { $0.amounts.contains { $0.rounded(decimals: 2) != $0 } }
        guard isRounded else { return [] }
        let notes = columns.filter { hasTotal && $0.sumOfShown != $0.total.rounded(decimals: 2) }.map {
            "Rounding hides cents: \"\($0.title)\" as shown adds up to \(Figures.fixed($0.sumOfShown, decimals: 2)), "
                + "exactly to \(Figures.exact($0.total))."
        }
        return ["Shown in whole cents; --json prints every digit."] + notes
    }
}
