import Console
import Terminal
import Vocabulary

/// Costs as people read them.
enum CostTables {
    static func text(_ report: CostReport, style: Style) -> String {
        guard !report.rows.isEmpty else { return "nothing was recorded in these days\n" }
        var text = table(report).rendered(style)
        if report.total.unknown > 0 {
            text += "held: the most that requests of unknown cost can have cost; budgets count it as spent\n"
        }
        if let percent = report.creditFeePercent, let fee = report.creditFee {
            text += "plus \(percent) % for buying credit: \(fee), together \(report.total.cost + fee)\n"
        }
        return text
    }

    private static func table(_ report: CostReport) -> Table {
        var table = Table(
            report.by.map { .init($0, maxWidth: 50) } + [
                .init("requests", alignment: .right), .init("accepted", alignment: .right),
                .init("tokens in", alignment: .right), .init("tokens out", alignment: .right),
                .init("cost", alignment: .right), .init("per accepted", alignment: .right),
                .init("unknown", alignment: .right), .init("held", alignment: .right),
            ])
        for row in report.rows {
            table.add(row.keys.map { key in key.map { .init($0) } ?? .init("(none)", tint: .muted) } + figures(of: row))
        }
        let others = Array(repeating: Table.Cell(""), count: max(0, report.by.count - 1))
        table.add([.init("total", tint: .heading)] + others + figures(of: report.total))
        return table
    }

    private static func figures(of row: CostReport.Row) -> [Table.Cell] {
        let tint: Tint? = row.unknown > 0 ? .warning : nil
        return [
            .init(row.requests.grouped), .init(row.accepted.grouped), .init(row.promptTokens.grouped),
            .init(row.completionTokens.grouped), .init(row.cost.description),
            .init(row.costPerAccepted?.description ?? ""), .init(row.unknown.grouped, tint: tint),
            .init(row.held.description, tint: tint),
        ]
    }
}
