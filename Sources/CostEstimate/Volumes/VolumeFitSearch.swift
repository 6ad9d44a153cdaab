package import Foundation

/// Something simple that a source may have done when it worked out a month at several volumes.
package enum VolumeHypothesis: Sendable, Hashable {
    /// Each month was rounded to so many significant digits.
    case monthRounded(digits: Int)
    /// The cost of a call was first rounded to so many significant digits.
    case callRounded(digits: Int, to: Decimal)
    /// One month was worked out and rounded, the others are multiples of it.
    case multiplesOfMonth(callsPerDay: Int)
    /// A month has another number of days.
    case days(Int)
}

/// Looks for what would make all claims of a table follow from one day.
struct VolumeFitSearch {
    var rows: [ClaimedMonth]
    var daysOfAMonth: Int
    var perDay: Decimal
    var callsPerDay: Int

    /// What a month at the row's volume costs. Divided last, so that it is exact whenever it can be.
    func month(_ row: ClaimedMonth) -> Decimal {
        month(row, days: daysOfAMonth)
    }

    var follows: Bool {
        rows.allSatisfy { $0.claimed.isMet(by: month($0)) }
    }

    /// - Returns: an empty list when the claims follow as they are, and when nothing simple makes them follow.
    func fits() -> [VolumeHypothesis] {
        follows ? [] : candidates.filter(isMet)
    }

    private var candidates: [VolumeHypothesis] {
        (1...3).map { .monthRounded(digits: $0) }
            + (1...3).map {
                .callRounded(
                    digits: $0, to: (perDay / Decimal(callsPerDay)).rounded(significantDigits: $0))
            }
            + rows.map { .multiplesOfMonth(callsPerDay: $0.callsPerDay) }
            + (28...31).filter { $0 != daysOfAMonth }.map { .days($0) }
    }

    private func isMet(_ hypothesis: VolumeHypothesis) -> Bool {
        switch hypothesis {
        case .monthRounded(let digits):
            rows.allSatisfy { $0.claimed.value == month($0).rounded(significantDigits: digits) }
        case .callRounded(_, let cost):
            rows.allSatisfy { $0.claimed.isMet(by: cost * Decimal($0.callsPerDay) * Decimal(daysOfAMonth)) }
        case .multiplesOfMonth(let calls):
            rows.first { $0.callsPerDay == calls }.map(areMultiples) ?? false
        case .days(let days):
            rows.allSatisfy { $0.claimed.isMet(by: month($0, days: days)) }
        }
    }

    private func areMultiples(of row: ClaimedMonth) -> Bool {
        row.claimed.isMet(by: month(row))
            && rows.allSatisfy {
                $0.claimed.isMet(by: row.claimed.value * Decimal($0.callsPerDay) / Decimal(row.callsPerDay))
            }
    }

    private func month(_ row: ClaimedMonth, days: Int) -> Decimal {
        perDay * Decimal(row.callsPerDay) * Decimal(days) / Decimal(callsPerDay)
    }
}
