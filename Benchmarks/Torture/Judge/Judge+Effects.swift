extension Judge {
    /// Promise 4: an effect is not caused twice, and what is recorded as delivered was.
    func judge(_ effects: Facts.Effects, _ verdict: inout Verdict) {
        let states = Dictionary(effects.planned.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let byKey = Dictionary(grouping: effects.receipts, by: \.key)

        let subject = "effects"
        for (state, count) in effects.planned.tally(\.state).sorted(by: { $0.key < $1.key }) {
            verdict.count(subject, state, count)
        }
        verdict.count(subject, "requests received", effects.receipts.count)
        verdict.count(subject, "keys received", byKey.count)
        verdict.count(subject, "keys received more than once", byKey.values.count { $0.count > 1 })
        verdict.count(subject, "most receipts of one key", byKey.values.map(\.count).max() ?? 0)
        verdict.count(subject, "applied", effects.receipts.count(where: \.isApplied))

        verdict.breaks(
            .effectsOnce,
            byKey.filter { Set($0.value.map(\.digest)).count > 1 }.map { "\($0.key) came with different content" }
                .sorted())
        verdict.breaks(
            .effectsOnce,
            byKey.filter { $0.value.count(where: \.isApplied) > 1 }.map { "\($0.key) was applied twice" }.sorted())
        verdict.breaks(
            .effectsOnce,
            byKey.filter { $0.value.count > 1 && $0.value.contains { $0.repetition == .neither } }
                .map { "\($0.key) was repeated where that does harm" }.sorted())
        verdict.breaks(
            .effectsTrue,
            effects.planned.filter { $0.state == "done" && byKey[$0.key]?.contains(where: \.isApplied) != true }
                .map { "\($0.key) is done and was not received" })
        verdict.breaks(
            .effectsOurs, byKey.keys.filter { states[$0] == nil }.map { "\($0) is not in the database" }.sorted())
        verdict.breaks(.effectsOurs, effects.receipts.filter { !$0.isSigned }.map { "\($0.key) is not signed by us" })
        verdict.breaks(
            .exactlyOnce,
            effects.planned.tally(\.key).filter { $0.value > 1 }.map { "\($0.key) is planned \($0.value) times" }
                .sorted())
        verdict.breaks(
            .everythingEnds,
            effects.planned.filter { ["planned", "sending"].contains($0.state) && ($0.reason ?? "").isEmpty }
                .map { "\($0.key) is \($0.state)" })
    }
}
