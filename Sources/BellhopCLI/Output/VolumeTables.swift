import CostEstimate
import Foundation
import Terminal

/// A month's claims at several volumes beside what follows from a day's.
enum VolumeTables {
    static func section(_ check: VolumeCheck) -> EstimateTables.Section {
        let what = check.plan == .single ? "One model for everything" : "Routed"
        return EstimateTables.Section(
            question: "\(what): what the source claims for a month of \(check.daysOfAMonth) days, and what follows "
                + "from a day. USD.",
            table: table(check),
            notes: [agreement(check)] + check.bases.flatMap(sentence)
                + RoundingNote.lines(
                    check.bases.map { .init(title: name(of: $0), amounts: $0.months) }, hasTotal: false))
    }

    private static func table(_ check: VolumeCheck) -> Table {
        var columns: [Table.Column] = [
            .init("calls a day", alignment: .right), .init("claimed", alignment: .right),
            .init("for a call", alignment: .right),
        ]
        for basis in check.bases {
            columns += [
                .init("by the \(name(of: basis))", alignment: .right), .init("off by %", alignment: .right),
            ]
        }
        var table = Table(columns)
        for (index, row) in check.rows.enumerated() {
            let cost = row.claimedCostOfACall(days: check.daysOfAMonth)
            let computed = check.bases.flatMap { basis in
                [Figures.fixed(basis.months[index], decimals: 2), deviation(of: basis.months[index], from: row)]
            }
            table.add(
                ([row.callsPerDay.grouped, Figures.claimed(row.claimed), Figures.fixed(cost, decimals: 6)] + computed)
                    .map { Table.Cell($0) })
        }
        return table
    }

    private static func deviation(of month: Decimal, from row: ClaimedMonth) -> String {
        Figures.percent(Saving.percent(from: row.claimed.value, to: month).map { 0 - $0 })
    }

    private static func name(of basis: VolumeBasis) -> String {
        switch basis.origin {
        case .claimedDay: "day's claim"
        case .statedPrices: "stated prices"
        }
    }

    private static func agreement(_ check: VolumeCheck) -> String {
        let rows = check.rows.count == 1 ? "The row" : "The \(check.rows.count) rows"
        guard let cost = check.commonCostOfACall else {
            return "\(rows) do not agree with each other: no one cost of a call gives them all."
        }
        return check.rows.count == 1
            ? "\(rows) means \(cost) for a call."
            : "\(rows) agree with each other: \(cost) for a call gives them all."
    }

    private static func sentence(on basis: VolumeBasis) -> [String] {
        let start =
            "By the \(name(of: basis)), \(Figures.exact(basis.perDay)) for \(basis.callsPerDay.grouped) calls or "
            + "\(Figures.exact(basis.costOfACall)) for one, they"
        if basis.follows { return ["\(start) follow."] }
        guard !basis.fits.isEmpty else { return ["\(start) follow from nothing simple that was tried."] }
        var lines = EstimateTables.alternatives(basis.fits.map(words))
        lines[0] = "  " + lines[0]
        return ["\(start) would follow"] + lines
    }

    private static func words(for hypothesis: VolumeHypothesis) -> String {
        switch hypothesis {
        case .monthRounded(let digits):
            "with each month rounded to \(digits.counted("significant digit"))"
        case .callRounded(let digits, let cost):
            "with the cost of a call rounded to \(digits.counted("significant digit")), \(cost)"
        case .multiplesOfMonth(let calls): "as multiples of the rounded row for \(calls.grouped) calls"
        case .days(let days): "with a month of \(days) days"
        }
    }
}
