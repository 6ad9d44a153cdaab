import Foundation
package import Vocabulary

extension USD {
    /// More than can be counted: what saturated arithmetic ends at.
    static let beyondCounting = USD(nanos: .max)

    /// So many times the amount; ``beyondCounting`` when that does not fit. Neither may be negative.
    package func times(_ count: Int) -> USD {
        let (product, overflow) = nanos.multipliedReportingOverflow(by: Int64(clamping: count))
        return overflow ? .beyondCounting : USD(nanos: product)
    }

    /// The amount times a fraction, rounded up to the next nano-dollar; ``beyondCounting`` when that does not fit.
    func times(_ numerator: Decimal, over denominator: Decimal) -> USD {
        USD(dollars: dollars * numerator / denominator) ?? .beyondCounting
    }

    /// The amount for another number of calls, when it is the amount for `calls`.
    func scaled(from calls: Int, to others: Int) -> USD {
        times(Decimal(others), over: Decimal(calls))
    }
}
