package import Foundation
import Vocabulary

/// The share that a source says routing saves, beside what its own figures and prices come to.
package struct SavingCheck: Sendable, Hashable {
    package var claimed: ClaimedFigure?
    /// From the totals that the source claims.
    package var fromClaims: Decimal?
    /// From the prices that the source states.
    package var fromPrices: Decimal?
}

extension Estimate {
    /// `nil` unless the source says something about both plans.
    package var saving: SavingCheck? {
        guard let single = claims.first(where: { $0.plan == .single }),
            let routed = claims.first(where: { $0.plan == .routed })
        else { return nil }
        return SavingCheck(
            claimed: workload.claimedSaving,
            fromClaims: single.claimedDay.flatMap { before in
                routed.claimedDay.flatMap { Saving.percent(from: before, to: $0) }
            },
            fromPrices: Saving.percent(from: single.computed.dollars, to: routed.computed.dollars))
    }
}
