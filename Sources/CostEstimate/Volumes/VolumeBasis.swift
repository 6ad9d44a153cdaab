package import Foundation

/// What a day costs, scaled to a month at each volume and held against the claims.
package struct VolumeBasis: Sendable {
    package var origin: Origin
    /// What a day of the workload costs.
    package var perDay: Decimal
    /// The calls of that day.
    package var callsPerDay: Int
    /// What each row comes to, in the order of the claims.
    package var months: [Decimal]
    /// Whether every claim follows from the day as it is.
    package var follows: Bool
    /// What would make all claims follow, simplest first; empty when they follow as they are.
    package var fits: [VolumeHypothesis]

    package enum Origin: String, Sendable, Hashable {
        /// The day's total by the source's word.
        case claimedDay = "claimed_day"
        /// The day's total by the prices that the source states.
        case statedPrices = "stated_prices"
    }

    package var costOfACall: Decimal {
        perDay / Decimal(callsPerDay)
    }

    init(origin: Origin, rows: [ClaimedMonth], daysOfAMonth: Int, perDay: Decimal, callsPerDay: Int) {
        self.origin = origin
        self.perDay = perDay
        self.callsPerDay = callsPerDay
        let search = VolumeFitSearch(
            rows: rows, daysOfAMonth: daysOfAMonth, perDay: perDay, callsPerDay: callsPerDay)
        months = rows.map { search.month($0) }
        follows = search.follows
        fits = search.fits()
    }
}
