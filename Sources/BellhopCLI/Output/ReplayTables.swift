import Foundation
import Replay
import Terminal

/// A replay's summary as people read it.
enum ReplayTables {
    static func text(_ summary: ReplaySummary, style: Style) -> String {
        var counts = Table([
            .init("sent", alignment: .right), .init("accepted", alignment: .right),
            .init("duplicates", alignment: .right), .init("refused", alignment: .right),
            .init("failed", alignment: .right), .init("unexpected", alignment: .right),
            .init("seconds", alignment: .right), .init("per second", alignment: .right),
        ])
        let failed = summary.failed.values.reduce(0, +)
        counts.add([
            .init(summary.sent.grouped), .init(summary.accepted.grouped), .init(summary.duplicates.grouped),
            .init(summary.refused.grouped), .init(failed.grouped),
            .init(summary.unexpected.grouped, tint: summary.unexpected > 0 ? .failure : .success),
            .init(fixed(summary.seconds)), .init(fixed(summary.perSecond)),
        ])
        var text = counts.rendered(style) + "\n" + latencies(summary.latency).rendered(style)
        if summary.isCancelled {
            text = style.paint("Stopped before the end; what was under way is not counted.", .warning) + "\n" + text
        }
        guard !summary.unexpectedExamples.isEmpty else { return text }
        return text + "\n" + unexpected(summary.unexpectedExamples).rendered(style)
    }

    private static func latencies(_ latency: ReplaySummary.Latency) -> Table {
        var table = Table([
            .init("latency", alignment: .left), .init("p50", alignment: .right), .init("p90", alignment: .right),
            .init("p99", alignment: .right), .init("p99.9", alignment: .right), .init("max", alignment: .right),
        ])
        table.add([
            "ms", .init(fixed(latency.p50)), .init(fixed(latency.p90)), .init(fixed(latency.p99)),
            .init(fixed(latency.p999)), .init(fixed(latency.max)),
        ])
        return table
    }

    private static func unexpected(_ examples: [ReplaySummary.Unexpected]) -> Table {
        var table = Table([
            .init("unexpected"), .init("topic"), .init("kind"), .init("expected", alignment: .right),
            .init("answer"),
        ])
        for example in examples {
            table.add([
                .init(example.webhookID), .init(example.topic), .init(example.kind.rawValue),
                .init(String(example.expectedStatus)),
                .init(example.status.map(String.init) ?? example.failure ?? "none", tint: .failure),
            ])
        }
        return table
    }

    private static func fixed(_ number: Double) -> String {
        number.formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en_US_POSIX")))
    }
}
