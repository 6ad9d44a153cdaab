import Foundation

/// Tells the day in a time zone, and how long it still lasts.
struct BudgetCalendar {
    private let zone: TimeZone?
    /// The last answer, good for a quarter of an hour: every midnight and every change of the clocks is at the start of
    /// one, so that a day need not be worked out for each request.
    private var quarter = Int.min
    private var known = BudgetDay(number: 0)

    /// - Parameter identifier: an IANA name; one that does not exist counts as UTC.
    init(timeZone identifier: String) {
        // Without a zone nothing of Foundation's calendars is needed, nor brought into memory.
        zone = identifier == "UTC" ? nil : TimeZone(identifier: identifier)
    }

    mutating func day(at date: Date) -> BudgetDay {
        let quarter = Int((date.timeIntervalSince1970 / 900).rounded(.down))
        if quarter != self.quarter {
            self.quarter = quarter
            known = BudgetDay(daysSince1970: localSeconds(at: date).dividedDown(by: 86_400))
        }
        return known
    }

    /// How long until the next day begins.
    mutating func untilNextDay(at date: Date) -> Duration {
        let local = localSeconds(at: date)
        var end = date + TimeInterval(86_400 - (local - local.dividedDown(by: 86_400) * 86_400))
        let today = day(at: date)
        // Where clocks go back, the day is longer than it looked.
        while day(at: end) == today { end += 3600 }
        return .seconds(end.timeIntervalSince(date))
    }

    private func localSeconds(at date: Date) -> Int {
        Int(date.timeIntervalSince1970.rounded(.down)) + (zone?.secondsFromGMT(for: date) ?? 0)
    }
}

extension BudgetDay {
    /// The day of the Gregorian calendar.
    ///
    /// The year is taken to begin in March, so that the leap day comes last: the months before it then follow a pattern
    /// of 153 days in five, and 400 years have 146,097 days.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(number: year * 10_000 + month * 100 + day)
    }
}

extension Int {
    /// The quotient, rounded down also below zero.
    fileprivate func dividedDown(by divisor: Int) -> Int {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
