extension Judge {
    /// Every end of the server was one that we caused, a stop uses up no attempt, and every named point was come to.
    func judgeRuns(_ verdict: inout Verdict) {
        let subject = "server"
        verdict.count(subject, "started", facts.runs.count)
        verdict.count(
            subject, "killed at any moment", facts.runs.count { $0.fate == .anyMoment && $0.ending == .killed })
        verdict.count(
            subject, "killed while starting", facts.runs.count { $0.fate == .whileStarting && $0.ending == .killed })
        verdict.count(subject, "stopped", facts.runs.count { $0.fate == .stopped && $0.ending == .exited(0) })
        for (point, tries) in pointTries.sorted(by: { $0.key < $1.key }) {
            verdict.count(subject, "killed at \(point)", "\(tries.reached) of \(tries.all)")
        }
        verdict.count(subject, "most resident memory, MiB", (facts.runs.map(\.peakKiB).max() ?? 0) / 1024)

        verdict.breaks(.noCrashOfItsOwn, facts.runs.filter { !isCaused($0) }.map { "\($0.fate) ended as \($0.ending)" })
        verdict.breaks(
            .stopsCleanly,
            facts.runs.filter { $0.leftInHand > 0 }.map { "\($0.leftInHand) jobs or effects were left under way" })
        verdict.breaks(.pointsReached, pointTries.filter { $0.value.reached == 0 }.keys.sorted())
    }

    private var pointTries: [String: (all: Int, reached: Int)] {
        facts.runs.reduce(into: [:]) { tries, run in
            guard case .point(let name) = run.fate else { return }
            tries[name, default: (0, 0)].all += 1
            if run.ending == .crashPoint { tries[name, default: (0, 0)].reached += 1 }
        }
    }

    private func isCaused(_ run: Facts.ServerRun) -> Bool {
        switch (run.fate, run.ending) {
        case (.stopped, .exited(0)), (.anyMoment, .killed), (.whileStarting, .killed), (.point, .killed),
            (.point, .crashPoint):
            true
        default: false
        }
    }
}
