package import Foundation
import Vocabulary

/// What a source says a month costs at several volumes under one plan: whether its figures agree with each other, and
/// whether they follow from a day's.
package struct VolumeCheck: Sendable {
    package var plan: Plan
    package var daysOfAMonth: Int
    package var rows: [ClaimedMonth]
    /// The cost of one call from which all rows follow, with as few decimals as possible; `nil` when there is none.
    package var commonCostOfACall: Decimal?
    /// What a day costs by the source's word and by its prices, as far as it says.
    package var bases: [VolumeBasis]

    /// - Returns: `nil` when the source gives no figures for this plan.
    init?(of workload: Workload, plan: Plan, day: ClaimCheck?, daysOfAMonth: Int) {
        let rows = workload.volumes.compactMap { volume in
            volume.claimed[plan].map { ClaimedMonth(callsPerDay: volume.callsPerDay, claimed: $0) }
        }
        guard !rows.isEmpty else { return nil }
        self.plan = plan
        self.daysOfAMonth = daysOfAMonth
        self.rows = rows
        commonCostOfACall = Self.commonCostOfACall(of: rows, days: daysOfAMonth)
        let days: [(VolumeBasis.Origin, Decimal?)] = [
            (.claimedDay, day?.claimedDay), (.statedPrices, day?.computed.dollars),
        ]
        bases = days.compactMap { origin, perDay in
            perDay.map {
                VolumeBasis(
                    origin: origin, rows: rows, daysOfAMonth: daysOfAMonth, perDay: $0,
                    callsPerDay: workload.callsPerDay)
            }
        }
    }

    private static func commonCostOfACall(of rows: [ClaimedMonth], days: Int) -> Decimal? {
        let ranges = rows.map { $0.costOfACall(days: days) }
        guard let lowest = ranges.map(\.lowerBound).max(), let highest = ranges.map(\.upperBound).min(),
            lowest < highest
        else { return nil }
        return (lowest..<highest).shortestNumber
    }
}

/// A month's claim at one volume.
package struct ClaimedMonth: Sendable, Hashable {
    package var callsPerDay: Int
    package var claimed: ClaimedFigure

    /// What the claim makes of one call.
    package func claimedCostOfACall(days: Int) -> Decimal {
        claimed.value / calls(days: days)
    }

    /// The costs of a call with which the month meets the claim.
    func costOfACall(days: Int) -> Range<Decimal> {
        let range = claimed.range
        return range.lowerBound / calls(days: days)..<range.upperBound / calls(days: days)
    }

    private func calls(days: Int) -> Decimal {
        Decimal(callsPerDay) * Decimal(days)
    }
}
