package import Foundation
package import Vocabulary

/// What a source says a day costs under one plan, beside what follows from the prices that it states.
package struct ClaimCheck: Sendable {
    package var plan: Plan
    package var rows: [Row]
    package var claimedTotal: ClaimedFigure?

    package struct Row: Sendable {
        package var work: Work
        /// The model that the source uses for it.
        package var model: PricedModel
        package var claimed: ClaimedFigure?
        package var computed: USD
        /// What would make the claim follow, most likely first; empty when it follows as it is.
        package var fits: [Fit]

        /// Whether the claim follows from the stated prices; `nil` without a claim.
        package var follows: Bool? {
            claimed.map { $0.isMet(by: computed.dollars) }
        }
    }

    /// The sum of the rows.
    package var computed: USD {
        rows.map(\.computed).total()
    }

    /// Whether the claimed total follows from the stated prices; `nil` without a claim.
    package var follows: Bool? {
        claimedTotal.map { $0.isMet(by: computed.dollars) }
    }

    /// The sum of the claims; `nil` when a row has none.
    package var sumOfClaims: Decimal? {
        let claims = rows.compactMap(\.claimed?.value)
        return claims.count == rows.count ? claims.reduce(0, +) : nil
    }

    /// What a day costs by the source's word: its total, or else the sum of its rows.
    package var claimedDay: Decimal? {
        claimedTotal?.value ?? sumOfClaims
    }

    /// - Returns: `nil` when the source says nothing about this plan.
    package init?(of workload: Workload, plan: Plan) {
        guard let source = workload.source else { return nil }
        let claims = [workload.claimed] + workload.work.map(\.claimed) + workload.volumes.map(\.claimed)
        let isClaimed = claims.contains { $0[plan] != nil }
        let isStated = plan == .routed && workload.work.contains { $0.stated != nil }
        guard isClaimed || isStated else { return nil }
        self.plan = plan
        claimedTotal = workload.claimed[plan]
        let search = FitSearch(models: workload.statedModels)
        rows = workload.work.map { work in
            let model = plan == .routed ? work.stated ?? source : source
            let claimed = work.claimed[plan]
            return Row(
                work: work, model: model, claimed: claimed, computed: work.perDay(on: model),
                fits: claimed.map { search.fits(of: work, on: model, claimed: $0) } ?? [])
        }
    }
}

extension Workload {
    /// The models whose prices the source states, each once, in the order of the file.
    fileprivate var statedModels: [PricedModel] {
        let all = [source].compactMap { $0 } + work.compactMap(\.stated)
        var seen: Set<PricedModel> = []
        return all.filter { seen.insert($0).inserted }
    }
}
