/// The rules and how often each has applied.
struct FaultSchedule {
    private var rules: [(rule: FaultRule, left: Int?)]

    init(_ rules: [FaultRule]) {
        self.rules = rules.map { ($0, $0.times) }
    }

    /// The fault that this request meets, if any. It is counted against its rule.
    mutating func next(for request: CompletionRequest) -> Fault? {
        guard let index = rules.firstIndex(where: { $0.rule.fits(request) && $0.left != 0 }) else { return nil }
        rules[index].left = rules[index].left.map { $0 - 1 }
        return rules[index].rule.fault
    }
}
