extension Judge {
    /// Promise 1 and 2: a 200 means stored, exactly once; a wrong signature changes nothing.
    func judgeDeliveries(_ verdict: inout Verdict) {
        let answers = facts.sent + facts.sentAgain
        let acknowledged = Set(answers.filter { $0.status == 200 && !$0.isForged }.map(\.webhookID))
        let early = Set(facts.sent.filter { $0.status == 200 && !$0.isForged }.map(\.webhookID))
        let rows = facts.deliveries.tally(\.webhookID)
        let forged = Set(answers.filter(\.isForged).map(\.webhookID))
        let genuine = Set(answers.filter { !$0.isForged }.map(\.webhookID))

        let subject = "deliveries"
        verdict.count(subject, "sent while the server was killed", facts.sent.count)
        verdict.count(subject, "of them without an answer", facts.sent.count { $0.status == nil })
        verdict.count(
            subject, "of them genuine and put off",
            facts.sent.count { !$0.isForged && ![nil, 200].contains($0.status) })
        verdict.count(subject, "ids acknowledged under kills", early.count)
        verdict.count(subject, "of them found after the last kill", early.intersection(facts.foundAfterKills).count)
        verdict.count(subject, "ids acknowledged in all", acknowledged.count)
        verdict.count(subject, "found in the inbox", rows.count)
        verdict.count(subject, "sent again and known again", facts.sentAgain.count(where: \.isKnown))
        verdict.count(subject, "forged, sent", answers.count(where: \.isForged))
        verdict.count(subject, "forged, accepted", answers.count { $0.isForged && $0.status == 200 })

        verdict.breaks(
            .acknowledgedIsFound, early.subtracting(facts.foundAfterKills).map { "\($0) was lost in a kill" }.sorted())
        verdict.breaks(.acknowledgedIsFound, acknowledged.filter { rows[$0] == nil }.map { "\($0) is gone" }.sorted())
        verdict.breaks(
            .acknowledgedIsFound,
            facts.sentAgain.filter { $0.status == 200 && !$0.isKnown && early.contains($0.webhookID) }
                .map { "\($0.webhookID) was new when it came again" })
        verdict.breaks(
            .acknowledgedIsFound, facts.deliveries.filter { !$0.hasBody }.map { "\($0.webhookID) has no body" })
        verdict.breaks(.exactlyOnce, rows.filter { $0.value > 1 }.map { "\($0.key), \($0.value) rows" }.sorted())
        verdict.breaks(
            .nobodyIn, answers.filter { $0.isForged && $0.status == 200 }.map { "\($0.webhookID) was answered 200" })
        verdict.breaks(.nobodyIn, rows.keys.filter(forged.contains).map { "\($0) is stored" }.sorted())
        verdict.breaks(
            .nobodyIn,
            rows.keys.filter { !genuine.contains($0) && !forged.contains($0) }.map { "\($0) was never sent" }.sorted())
    }
}
