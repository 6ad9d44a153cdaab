import Foundation
import Vocabulary
import Yams

extension YAMLValue {
    /// An amount of money above zero, exact to the nano-dollar.
    func budget() throws -> USD {
        let amount = try dollars()
        guard amount > .zero else { throw mistake("must be more than 0; leave it out for no budget") }
        return amount
    }

    /// An amount of money, not negative.
    func dollars() throws -> USD {
        guard let amount = plainAmount, amount >= .zero else {
            throw mistake("must be an amount in dollars without a sign or a comma, for example 20 or 0.005")
        }
        return amount
    }

    /// A number of per cent, exact.
    func percent(_ range: ClosedRange<Decimal>) throws -> Decimal {
        guard let number = plainAmount?.dollars, range.contains(number) else {
            throw mistake("must be per cent, a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A part of a whole.
    func fraction() throws -> Double {
        guard let number = plainAmount?.dollars, (0...1).contains(number) else {
            throw mistake("must be a share, a number from 0 to 1, for example 0.5")
        }
        return NSDecimalNumber(decimal: number).doubleValue
    }

    /// A plain decimal number; amounts hold nine decimals of it.
    private var plainAmount: USD? {
        node.scalar.flatMap { USD(dollars: $0.string) }
    }
}
