import Bellhop
import Console
import InboxCore
import Terminal

/// The rehearsal of a stored event as people read it.
enum RehearsedEventTables {
    static func text(_ runs: [RehearsedRun], style: Style) -> String {
        runs.map { text($0, style: style) }.joined(separator: "\n")
    }

    private static func text(_ run: RehearsedRun, style: Style) -> String {
        var parts = [
            style.paint(run.handlerID.printable, .heading) + "  "
                + style.paint(run.ending.printable, run.finishes ? .success : .failure) + "\n"
        ]
        if !run.calls.isEmpty {
            parts.append(EventTables.calls(run.calls).rendered(style))
            parts.append("cost: \(run.cost)\n")
        }
        if run.state == .done {
            parts.append(run.effects.isEmpty ? "it would cause no effect\n" : effects(of: run).rendered(style))
        }
        return parts.joined()
    }

    private static func effects(of run: RehearsedRun) -> Table {
        var table = Table([.init("would cause"), .init("on"), .init("what", maxWidth: 100)])
        for effect in run.effects {
            table.add([effect.kind.rawValue, effect.place, effect.summary].map { Table.Cell($0) })
        }
        return table
    }
}

extension RehearsedRun {
    /// Whether there is nothing left to do for the event.
    var finishes: Bool { state == .done || state == .skipped }

    fileprivate var ending: String {
        let words =
            switch state {
            case .done: "would finish"
            case .waiting: "would wait or run again"
            case .held: "would be held"
            case .skipped: "would be skipped"
            case .dead: "would be dead"
            case .ready, .running: "was cut off"
            }
        return reason.map { "\(words): \($0)" } ?? words
    }
}
