extension Judge {
    /// The ledger against the bill: what both know agrees to the nano-dollar, and what only the bill knows is covered
    /// by requests whose cost the ledger calls unknown.
    func judgeMoney(_ verdict: inout Verdict) {
        let bill = Dictionary(facts.bill.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let known = facts.ledger.filter { $0.cost != nil }
        let unmatched = unmatchedBill

        let subject = "money"
        let billed = facts.bill.map(\.cost).reduce(0, +)
        let charged = facts.ledger.map { $0.cost ?? $0.reserved }.reduce(0, +)
        verdict.count(subject, "requests on the bill", facts.bill.count)
        verdict.count(subject, "of them with a fault", facts.bill.count { $0.fault != nil })
        verdict.count(subject, "requests in the ledger", facts.ledger.count)
        verdict.count(subject, "billed", Self.dollars(billed))
        verdict.count(subject, "of that known to the ledger", Self.dollars(known.compactMap(\.cost).reduce(0, +)))
        verdict.count(subject, "of that not known to it", Self.dollars(unmatched.map(\.cost).reduce(0, +)))
        verdict.count(subject, "charged, what is not known at its worst case", Self.dollars(charged))

        if charged < billed { verdict.breaks(.booksHold, ["billed \(billed), charged \(charged)"]) }
        verdict.breaks(.booksHold, uncovered(unmatched))
        verdict.breaks(
            .booksExact,
            known.compactMap { row in
                guard let id = row.generation, let cost = row.cost else { return nil }
                guard let entry = bill[id] else { return cost == 0 ? nil : "\(id) was never billed" }
                return entry.cost == cost ? nil : "\(id): billed \(entry.cost), recorded \(cost)"
            })
        verdict.breaks(
            .booksExact,
            known.filter { $0.generation == nil && $0.cost != 0 }.map { "\($0.question) has a cost and no id" })
        verdict.breaks(
            .booksExact,
            facts.ledger.compactMap(\.generation).tally { $0 }.filter { $0.value > 1 }.map {
                "\($0.key) is counted twice"
            })
        verdict.breaks(
            .everythingEnds, facts.ledger.filter { $0.state == "reserved" }.map { "\($0.question) is reserved" })
    }

    private static func dollars(_ nanos: Int64) -> String {
        let (whole, rest) = nanos.quotientAndRemainder(dividingBy: 1_000_000_000)
        let digits = String(rest)
        return "$\(whole).\(String(repeating: "0", count: 9 - digits.count))\(digits)"
    }

    /// What was billed for answers that the ledger does not know the cost of.
    private var unmatchedBill: [Facts.Billed] {
        let known = Set(facts.ledger.filter { $0.cost != nil }.compactMap(\.generation))
        return facts.bill.filter { $0.cost > 0 && !known.contains($0.id) }
    }

    /// For each model the bill of what is not known must fit under the worst cases of what is not known.
    private func uncovered(_ unmatched: [Facts.Billed]) -> [String] {
        let unknown = facts.ledger.filter { $0.cost == nil }
        return Set(unmatched.map(\.model)).sorted().compactMap { model in
            let entries = unmatched.filter { $0.model == model }
            let rows = unknown.filter { $0.model == model }
            let (billed, reserved) = (entries.map(\.cost).reduce(0, +), rows.map(\.reserved).reduce(0, +))
            guard entries.count > rows.count || billed > reserved else { return nil }
            return "\(model): \(entries.count) billed at \(billed) are not in the ledger, which has "
                + "\(rows.count) unknown of at most \(reserved)"
        }
    }

    /// A request is of unknown cost because it was under way at a kill or because its answer was broken, and an answer
    /// that was recorded is not asked for again.
    func judgeUnknownCosts(_ verdict: inout Verdict) {
        let unknown = facts.ledger.filter { $0.cost == nil && $0.state != "reserved" }
        let broken = facts.bill.count(where: \.hidesItsCost)
        let kills = facts.runs.count { $0.ending != .exited(0) }
        verdict.count("money", "requests of unknown cost: under way at a kill, or broken off", unknown.count)
        for (model, rows) in Dictionary(grouping: unknown, by: \.model).sorted(by: { $0.key < $1.key }) {
            let worst = Self.dollars(rows.map(\.reserved).reduce(0, +))
            verdict.count("money", "of unknown cost: \(model)", "\(rows.count), at most \(worst)")
        }
        if unknown.count > broken + kills * facts.slots {
            verdict.breaks(
                .unknownExplained,
                [
                    "\(unknown.count) unknown, with \(broken) faults that hide a cost and \(kills) kills of \(facts.slots) slots"
                ])
        }
        let again = facts.ledger.filter(\.isAccepted).tally(\.question).filter { $0.value > 1 }
        verdict.count("money", "questions whose accepted answer was paid for again", again.count)
        if facts.hasJournal {
            verdict.breaks(.paidOnce, again.map { "\($0.key), \($0.value) times" }.sorted())
        }
    }
}
