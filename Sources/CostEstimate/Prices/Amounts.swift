package import Foundation
package import Vocabulary

/// What something costs under each plan.
package struct Amounts: Sendable, Hashable {
    package var single: USD
    package var routed: USD

    package init(single: USD, routed: USD) {
        self.single = single
        self.routed = routed
    }

    package subscript(plan: Plan) -> USD {
        switch plan {
        case .single: single
        case .routed: routed
        }
    }

    /// Negative when the routed plan costs more.
    package var saved: USD {
        single - routed
    }

    package var savedPercent: Decimal? {
        Saving.percent(from: single.dollars, to: routed.dollars)
    }

    func map(_ change: (USD) -> USD) -> Amounts {
        Amounts(single: change(single), routed: change(routed))
    }
}

extension Sequence<Amounts> {
    func total() -> Amounts {
        Amounts(single: map(\.single).total(), routed: map(\.routed).total())
    }
}

package enum Saving {
    /// By how many percent an amount becomes less; negative when it becomes more, `nil` when there was nothing.
    package static func percent(from before: Decimal, to after: Decimal) -> Decimal? {
        before > 0 ? (before - after) * 100 / before : nil
    }
}
