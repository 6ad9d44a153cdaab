extension Judge {
    /// The states in which a job moves no more.
    private static let ends: Set = ["done", "skipped", "held", "dead"]

    /// Promise 3: an event is attempted until it succeeds, waits until a time, is held or is dead; never dropped.
    func judgeJobs(_ verdict: inout Verdict) {
        let byState = facts.jobs.tally(\.state)
        for (state, count) in byState.sorted(by: { $0.key < $1.key }) { verdict.count("jobs", state, count) }
        let reasons = facts.jobs.filter { $0.state != "done" }.tally { "\($0.state): \(Self.short($0.reason))" }
        for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            verdict.count("jobs", reason, count)
        }

        let withJobs = Set(facts.jobs.map(\.webhookID))
        verdict.breaks(
            .nothingDropped,
            Set(facts.deliveries.map(\.webhookID)).subtracting(withJobs).map { "\($0) has none" }.sorted())
        let perHandler = facts.jobs.tally { "\($0.webhookID) \($0.handler)" }
        verdict.breaks(
            .exactlyOnce, perHandler.filter { $0.value > 1 }.map { "\($0.key), \($0.value) jobs" }.sorted())
        verdict.breaks(
            .everythingEnds,
            facts.jobs.filter { !Self.ends.contains($0.state) && $0.state != "waiting" }
                .map { "\($0.webhookID) \($0.handler) is \($0.state)" })
        verdict.breaks(
            .everythingEnds,
            facts.jobs.filter { !["done", "ready", "running"].contains($0.state) && ($0.reason ?? "").isEmpty }
                .map { "\($0.webhookID) \($0.handler) is \($0.state) without a reason" })
    }

    /// A reason without what differs from event to event.
    private static func short(_ reason: String?) -> String {
        (reason ?? "-").replacing(/\s\([^)]*\)/, with: "").replacing(/[0-9.]+ s\b/, with: "some s")
    }
}
