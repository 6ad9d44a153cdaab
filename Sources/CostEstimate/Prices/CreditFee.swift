package import Foundation
package import ModelClient
package import Vocabulary

/// What a provider takes for selling credit, on top of what the models cost.
package struct CreditFee: Sendable, Hashable {
    package var percent: Decimal

    /// - Returns: `nil` unless the text is a plain number from 0 to 100.
    package init?(percent text: String) {
        // A percentage has the form of an amount: plain digits, at most one point.
        guard let percent = USD(dollars: text)?.dollars, (0...100).contains(percent) else { return nil }
        self.percent = percent
    }

    package var isNothing: Bool { percent == 0 }

    /// The fee that the configuration names.
    package init(_ rules: BudgetRules) {
        percent = rules.creditFee
    }

    /// The fee for so much credit, rounded up to the next nano-dollar.
    package func fee(on amount: USD) -> USD {
        amount.times(percent, over: 100)
    }

    package func fees(on amounts: Amounts) -> Amounts {
        amounts.map(fee)
    }
}
