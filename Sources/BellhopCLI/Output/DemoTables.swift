import Foundation
import Rehearsal
import Terminal
import Vocabulary

/// The demo's report as people read it.
enum DemoTables {
    static func text(_ report: DemoReport, style: Style) -> String {
        var parts = [events(report).rendered(style)]
        if !report.door.isEmpty { parts.append(door(report).rendered(style)) }
        parts.append(totals(report.totals))
        return parts.joined(separator: "\n")
    }

    private static func events(_ report: DemoReport) -> Table {
        var table = Table([
            .init("event"), .init("handler"), .init("class"), .init("task"), .init("model"), .init("fallback"),
            .init("requests", alignment: .right), .init("cost", alignment: .right),
            .init("ms", alignment: .right), .init("outcome", maxWidth: 50),
        ])
        for row in report.rows {
            table.add(
                [
                    row.event, row.handler, row.routingClass, row.task, row.model, row.isFallback ? "yes" : "",
                    row.attempts == 0 ? "" : String(row.attempts), row.attempts == 0 ? "" : row.cost.description,
                    row.attempts == 0 ? "" : String(row.milliseconds), row.outcome,
                ].map { Table.Cell($0) })
        }
        return table
    }

    private static func door(_ report: DemoReport) -> Table {
        var table = Table([
            .init("at the door"), .init("status", alignment: .right), .init("answer"),
        ])
        for row in report.door {
            table.add([row.event, String(row.status), row.answer].map { Table.Cell($0) })
        }
        return table
    }

    private static func totals(_ totals: DemoReport.Totals) -> String {
        var lines = [
            "\(totals.events) events, \(totals.questions) questions, \(totals.requests) requests to models, "
                + "\(totals.fallbacks) answered by a fallback, \(totals.effects) effects planned",
            "cost \(totals.cost)" + (totals.unknownCosts > 0 ? " and \(totals.unknownCosts) unknown" : "")
                + "; one premium model for everything: \(totals.premiumCost)",
        ]
        if let saved = totals.saved {
            lines[1] += "; \((saved * 100).formatted(.number.precision(.fractionLength(0)))) % saved"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
