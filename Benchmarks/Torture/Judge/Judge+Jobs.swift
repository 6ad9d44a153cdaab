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

        verdict.breaks(.nothingDropped, missingJobs())
        verdict.breaks(
            .acknowledgedIsFound,
            facts.jobs.filter { ($0.reason ?? "").contains("delivery is damaged") }
                .map { "\($0.webhookID) cannot be read" }.sorted())
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

    /// Every delivery has a job of each handler that any delivery of its topic has one of, and of one at least.
    private func missingJobs() -> [String] {
        let handlers = Dictionary(grouping: facts.jobs, by: \.webhookID).mapValues { Set($0.map(\.handler)) }
        let bound = Dictionary(grouping: facts.deliveries, by: \.topic).mapValues { deliveries in
            deliveries.reduce(into: Set<String>()) { $0.formUnion(handlers[$1.webhookID] ?? []) }
        }
        return facts.deliveries.flatMap { delivery -> [String] in
            guard let own = handlers[delivery.webhookID] else { return ["\(delivery.webhookID) has none"] }
            return (bound[delivery.topic] ?? []).subtracting(own).map { "\(delivery.webhookID) has none of \($0)" }
        }.sorted()
    }

    /// A reason without what differs from event to event.
    private static func short(_ reason: String?) -> String {
        (reason ?? "-").replacing(/\s\([^)]*\)/, with: "").replacing(/[0-9.]+ s\b/, with: "some s")
    }
}
