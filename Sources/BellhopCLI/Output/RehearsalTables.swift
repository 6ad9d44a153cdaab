import Bellhop
import Foundation
import InboxCore
import Rehearsal
import Replay
import Terminal

/// A dry run as people and programs read it.
enum RehearsalTables {
    /// One for each handler of a sample; one for a sample that has none.
    struct Row: Encodable {
        var sample: String
        var handler: String?
        var outcome: String
        var effects: [Effect]
        var calls: [CallRecord]

        init(_ rehearsed: DryRun.Rehearsed) {
            sample = rehearsed.sample.url.relativePath
            handler = rehearsed.handlerID
            outcome = rehearsed.outcome
            effects = rehearsed.effects
            calls = rehearsed.result.calls
        }

        init(unbound sample: SampleFile) {
            self.sample = sample.url.relativePath
            outcome = "no handler is bound to \(sample.topic)"
            effects = []
            calls = []
        }
    }

    static func standInNotice(answers: String) -> String {
        """
        Stand-in models answer, from \(answers); a question without an answer there gets a made-up one.
        Costs are what real models would have charged.

        """
    }

    static func text(_ report: DryRun.Report, style: Style) -> String {
        let unbound = report.unbound.map { sample in
            let row = Row(unbound: sample)
            return style.paint("\(row.sample): \(row.outcome)".printable, .warning) + "\n"
        }
        return (report.rehearsed.map { text($0, style: style) } + (unbound.isEmpty ? [] : [unbound.joined()]))
            .joined(separator: "\n")
    }

    private static func text(_ rehearsed: DryRun.Rehearsed, style: Style) -> String {
        let title = "\(rehearsed.sample.topic)  \(rehearsed.sample.url.lastPathComponent)  →  \(rehearsed.handlerID)"
        var lines = [
            style.paint(title.printable, .heading),
            "  " + style.paint(rehearsed.outcome.printable, rehearsed.isDone ? .success : .failure),
        ]
        for call in rehearsed.result.calls {
            lines.append(
                "  \(call.step) (\(call.task.rawValue)): \(call.model.map { "answered by \($0)" } ?? "nobody answered"), "
                    + "\(call.attempts.count.counted("request")), \(call.cost)")
        }
        if rehearsed.isDone, rehearsed.effects.isEmpty { lines.append("  no effect") }
        for effect in rehearsed.effects {
            lines.append("  \(effect.kind.rawValue) on \(effect.place): \(effect.summary)".printable)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension DryRun.Rehearsed {
    var isDone: Bool {
        if case .done = result.outcome { true } else { false }
    }

    var effects: [Effect] {
        if case .done(let effects) = result.outcome { effects } else { [] }
    }

    var outcome: String {
        switch result.outcome {
        case .done: "done"
        case .retry(_, let reason): "would run again: \(reason)"
        case .wait(_, let reason): "would wait: \(reason)"
        case .held(let reason): "held: \(reason)"
        case .skipped(let reason): "skipped: \(reason)"
        case .dead(let reason): "failed: \(reason)"
        }
    }
}
