/// A verdict as people read it.
package struct TortureReport: Sendable {
    /// How it was run: machine, seed, seconds, load.
    package var heading: String
    package var verdict: Verdict

    package init(heading: String, verdict: Verdict) {
        self.heading = heading
        self.verdict = verdict
    }

    package var markdown: String {
        """
        # Torture

        \(heading)

        | | | count |
        | --- | --- | --- |
        \(verdict.counts.map { "| \($0.subject) | \($0.what) | \($0.value) |" }.joined(separator: "\n"))

        ## Promises

        | promise | broken |
        | --- | --- |
        \(Verdict.Promise.allCases.map { "| \($0.rawValue) | \(times($0)) |" }.joined(separator: "\n"))
        \(examples)
        """
    }

    private func times(_ promise: Verdict.Promise) -> String {
        let times = verdict.violations.filter { $0.promise == promise }.map(\.times).reduce(0, +)
        return times == 0 ? "no" : "\(times) times"
    }

    private var examples: String {
        guard verdict.isGuilty else { return "" }
        let lines = verdict.violations.flatMap { violation in
            violation.examples.map { "- \(violation.promise.rawValue): \($0)" }
        }
        return "\n## Broken\n\n\(lines.joined(separator: "\n"))\n"
    }
}
