import Foundation
import Rehearsal
import Terminal
import Vocabulary

/// The demo's report as people read it.
enum DemoTables {
    static func text(_ report: DemoReport, style: Style) -> String {
        var parts: [String] = []
        if !report.onPurpose.isEmpty {
            parts.append("On purpose, \(report.onPurpose.joined(separator: " and ")): see who answers instead.\n")
        }
        parts.append(events(report).rendered(style))
        if !report.door.isEmpty { parts.append(door(report).rendered(style)) }
        parts.append(totals(report.totals))
        if !report.surprises.isEmpty { parts.append(surprises(report.surprises, style: style)) }
        return parts.joined(separator: "\n")
    }

    private static func events(_ report: DemoReport) -> Table {
        var table = Table([
            .init("event"), .init("handler"), .init("class"), .init("model"), .init("fallback"),
            .init("requests", alignment: .right), .init("cost", alignment: .right), .init("ms", alignment: .right),
            .init("outcome", maxWidth: 45), .init("effects", maxWidth: 40),
        ])
        for row in report.rows {
            let isAsked = row.attempts > 0
            table.add([
                .init(row.event), .init(row.handler), .init(row.routingClass), .init(row.model),
                row.isFallback ? .init("yes", tint: .warning) : "", .init(isAsked ? String(row.attempts) : ""),
                .init(isAsked ? row.cost.description : ""), .init(isAsked ? String(row.milliseconds) : ""),
                .init(row.outcome, tint: row.outcome == "done" ? .success : .warning), .init(row.effects),
            ])
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

    private static func surprises(_ surprises: [String], style: Style) -> String {
        let lines = surprises.map { style.paint("unexpected: \($0)".printable, .failure) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func totals(_ totals: DemoReport.Totals) -> String {
        var lines = [
            "\(totals.handlerRuns) events, \(totals.questions) questions, \(totals.requests) requests to models, "
                + "\(totals.fallbacks) answered by a fallback, \(totals.effects) effects planned",
            "(a fallback with one request: the model asked first was still resting after its refusal)",
        ]
        var cost = "cost \(totals.cost)" + (totals.unknownCosts > 0 ? " and \(totals.unknownCosts) unknown" : "")
        if let premium = totals.premiumCost, let saved = totals.saved {
            cost +=
                "; one premium model for everything: \(premium); "
                + "\((saved * 100).formatted(.number.precision(.fractionLength(0)))) % saved"
        }
        lines.append(cost)
        return lines.joined(separator: "\n") + "\n"
    }
}
