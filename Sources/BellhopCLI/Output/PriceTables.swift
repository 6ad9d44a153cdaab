import CostEstimate
import Foundation
import Terminal
import Vocabulary

/// One model for everything against the routing matrix, at the prices of the configuration.
enum PriceTables {
    static func rows(_ estimate: Estimate) -> EstimateTables.Section {
        var table = Table(
            [.init("work", maxWidth: 30), .init("routed to"), .init("input price", alignment: .right)]
                + [.init("output price", alignment: .right)] + columns)
        for row in estimate.comparison.rows {
            let prices = [row.model.prompt, row.model.completion].map(Figures.price)
            table.add(
                [.init(row.work.name), .init(row.model.name)] + prices.map { Table.Cell($0) } + cells(row.perDay))
        }
        table.add(["total", "", "", ""] + cells(estimate.perDay))
        return EstimateTables.Section(
            question: "At the configured prices: \(plans(estimate)). USD a day.", table: table,
            notes: rounding(estimate.comparison.rows.map(\.perDay), hasTotal: true))
    }

    static func totals(_ estimate: Estimate) -> EstimateTables.Section {
        let amounts = [("day", estimate.perDay), ("month", estimate.perMonth), ("year", estimate.perYear)]
        var table = Table([.init("per")] + columns)
        for (span, amounts) in amounts {
            table.add([.init(span)] + cells(amounts))
        }
        return EstimateTables.Section(
            question:
                "The same in total, with a month of \(days(estimate)) and a year of \(Estimate.daysOfAYear). USD.",
            table: table, notes: rounding(amounts.map(\.1), hasTotal: false))
    }

    static func volumes(_ estimate: Estimate) -> EstimateTables.Section {
        let amounts = estimate.workload.volumes.map { ($0.callsPerDay, estimate.perMonth($0)) }
        var table = Table([.init("calls a day", alignment: .right)] + columns)
        for (calls, amounts) in amounts {
            table.add([.init(calls.grouped)] + cells(amounts))
        }
        return EstimateTables.Section(
            question: "At the configured prices: \(plans(estimate)). USD a month of \(days(estimate)).",
            table: table, notes: rounding(amounts.map(\.1), hasTotal: false))
    }

    /// What buying the credit costs, apart from what the models cost.
    static func fees(_ estimate: Estimate, _ fee: CreditFee) -> EstimateTables.Section {
        let workload = estimate.workload
        let volumes = workload.volumes.map { ("month, \($0.callsPerDay.grouped) calls a day", estimate.perMonth($0)) }
        let spans = [("day", estimate.perDay), ("month", estimate.perMonth), ("year", estimate.perYear)]
        var table = Table([
            .init("per"), .init("fee, one model", alignment: .right), .init("fee, routed", alignment: .right),
            .init("one model with fee", alignment: .right), .init("routed with fee", alignment: .right),
        ])
        var shown: [Amounts] = []
        for (span, amounts) in (workload.mix == nil ? spans : []) + volumes {
            let fees = fee.fees(on: amounts)
            let sums = Amounts(single: amounts.single + fees.single, routed: amounts.routed + fees.routed)
            let all = [fees.single, fees.routed, sums.single, sums.routed]
            table.add([.init(span)] + all.map { Table.Cell(Figures.cents($0)) })
            shown += [fees, sums]
        }
        return EstimateTables.Section(
            question: "A fee of \(fee.percent) % for buying the credit comes on top. USD.", table: table,
            notes: rounding(shown, hasTotal: false))
    }

    private static let columns: [Table.Column] = [
        .init("one model", alignment: .right), .init("routed", alignment: .right),
        .init("saved", alignment: .right), .init("saved %", alignment: .right),
    ]

    private static func cells(_ amounts: Amounts) -> [Table.Cell] {
        let tint: Tint = amounts.saved < .zero ? .warning : .success
        return [
            .init(Figures.cents(amounts.single)), .init(Figures.cents(amounts.routed)),
            .init(Figures.cents(amounts.saved)), .init(Figures.percent(amounts.savedPercent), tint: tint),
        ]
    }

    private static func plans(_ estimate: Estimate) -> String {
        "all on \(estimate.comparison.single.name), or routed by the matrix"
    }

    private static func days(_ estimate: Estimate) -> String {
        estimate.daysOfAMonth.counted("day")
    }

    private static func rounding(_ amounts: [Amounts], hasTotal: Bool) -> [String] {
        RoundingNote.lines(
            [
                .init(title: "one model", amounts: amounts.map(\.single.dollars)),
                .init(title: "routed", amounts: amounts.map(\.routed.dollars)),
                .init(title: "saved", amounts: amounts.map(\.saved.dollars)),
            ], hasTotal: hasTotal)
    }
}
