/// Holds what a run left behind against what Bellhop promises. A pure function of the facts.
package struct Judge: Sendable {
    let facts: Facts

    package init(_ facts: Facts) {
        self.facts = facts
    }

    package func verdict() -> Verdict {
        var verdict = Verdict()
        judgeRuns(&verdict)
        judgeDeliveries(&verdict)
        judgeJobs(&verdict)
        judgeMoney(&verdict)
        judgeUnknownCosts(&verdict)
        if let effects = facts.effects { judge(effects, &verdict) }
        verdict.breaks(.storageWhole, facts.damages)
        return verdict
    }
}

extension Sequence {
    /// How often each key occurs.
    func tally<Key: Hashable>(_ key: (Element) -> Key) -> [Key: Int] {
        reduce(into: [:]) { $0[key($1), default: 0] += 1 }
    }
}
