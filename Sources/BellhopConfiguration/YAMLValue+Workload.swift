import CostEstimate
import Foundation
import Vocabulary
import Yams

extension YAMLValue {
    /// A list with so many values.
    func entries(_ count: ClosedRange<Int>) throws -> [YAMLValue] {
        let values = try list()
        guard count.contains(values.count) else {
            throw mistake("must have \(count.lowerBound) to \(count.upperBound) entries")
        }
        return values
    }

    func callsPerDay() throws -> Int {
        try integer(1...100_000_000)
    }

    func tokens(_ least: Int) throws -> Int {
        try integer(least...10_000_000)
    }

    /// A share from 0 to 1, exact.
    func share() throws -> Decimal {
        guard let share = plainNumber()?.value, (0...1).contains(share) else {
            throw mistake("must be the share of input among the tokens, from 0 to 1, for example 0.7")
        }
        return share
    }

    /// An amount that a source claims.
    func claimedDollars() throws -> ClaimedFigure {
        guard let figure = plainNumber(), figure.value >= 0 else {
            throw mistake(
                "must be dollars with the decimals that the source writes, without a comma, for example 14.40")
        }
        return figure
    }

    /// A percentage that a source claims.
    func claimedPercent() throws -> ClaimedFigure {
        guard let figure = plainNumber(), (0...100).contains(figure.value) else {
            throw mistake("must be a percentage from 0 to 100, for example 80")
        }
        return figure
    }

    /// A plain decimal number with at most nine decimals, which amounts hold exactly.
    private func plainNumber() -> ClaimedFigure? {
        guard let text = node.scalar?.string, let amount = USD(dollars: text) else { return nil }
        let decimals = text.firstIndex(of: ".").map { text[$0...].count - 1 } ?? 0
        return decimals <= 9 ? ClaimedFigure(amount.dollars, decimals: decimals) : nil
    }
}
