/// The rules and how often each has applied.
struct FaultSchedule {
    private var rules: [(rule: FaultRule, left: Int?)]

    init(_ rules: [FaultRule]) {
        self.rules = rules.map { ($0, $0.times) }
    }

    /// The fault that this request meets, if any. It is counted against its rule.
    ///
    /// - Parameter random: a number in 0..<1 for each rule that asks for chance.
    mutating func next(
        for request: CompletionRequest, random: () -> Double = { .random(in: 0..<1) }
    ) -> Fault? {
        let index = rules.firstIndex { rule, left in
            rule.fits(request) && left != 0 && rule.share.map { random() < $0 } ?? true
        }
        guard let index else { return nil }
        rules[index].left = rules[index].left.map { $0 - 1 }
        return rules[index].rule.fault
    }
}
