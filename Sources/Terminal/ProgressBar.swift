/// One line that shows how far long work has come.
///
/// It decides what to write and when; the caller writes it to standard error.
package struct ProgressBar: Sendable {
    private let label: String
    private let isTerminal: Bool
    private let style: Style
    /// When the line was last drawn, counted from the start of the work.
    private var drawn: Duration?

    private static let shortestGap = Duration.milliseconds(100)
    private static let barColumns = 24

    /// - Parameters:
    ///   - isTerminal: whether standard error is a terminal. If not, nothing is ever written.
    package init(_ label: String, isTerminal: Bool, style: Style) {
        self.label = label.printable
        self.isTerminal = isTerminal
        self.style = style
    }

    /// What to write now, if anything: at most ten times a second, and always when all is done.
    ///
    /// - Parameter elapsed: since the start of the work.
    package mutating func update(done: Int, total: Int, elapsed: Duration) -> String? {
        guard isTerminal else { return nil }
        if let drawn, done < total, elapsed - drawn < Self.shortestGap { return nil }
        drawn = elapsed
        return "\r\u{1B}[K" + line(done: done, total: total, elapsed: elapsed)
    }

    /// What to write to take the line away, if it was ever drawn.
    package mutating func finish() -> String? {
        guard drawn != nil else { return nil }
        drawn = nil
        return "\r\u{1B}[K"
    }

    /// The line itself: label, bar, share, counts, pace and the time that is left.
    package func line(done: Int, total: Int, elapsed: Duration) -> String {
        let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1
        let filled = Int(share * Double(Self.barColumns))
        let bar =
            style.paint(String(repeating: "█", count: filled), .success)
            + style.paint(String(repeating: "░", count: Self.barColumns - filled), .muted)
        var parts = ["\(label) \(bar) \(Int(share * 100)) %", "\(done.grouped) of \(total.grouped)"]
        let seconds = elapsed / .seconds(1)
        if done > 0, seconds > 0 {
            let pace = Double(done) / seconds
            parts.append("\(Int(pace.rounded()).grouped)/s")
            if done < total {
                parts.append("\(Duration.seconds(min(Double(total - done) / pace, 1e9)).readable) left")
            }
        }
        return parts.joined(separator: "  ")
    }
}
