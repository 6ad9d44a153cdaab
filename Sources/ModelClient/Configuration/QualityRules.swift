/// What is done about poor answers.
public struct QualityRules: Sendable, Hashable {
    /// Whether a model is told once what was wrong with its answer, when that is cheaper than the next model.
    public var asksAgain: Bool
    /// Share of accepted answers, 0 to 1, below which a model is asked last for that task.
    public var leastAccepted: Double
    /// Answers to a task before that share counts.
    public var leastAnswers: Int
    /// How long a model is asked last before it gets another chance.
    public var rest: Duration

    public init(
        asksAgain: Bool = true, leastAccepted: Double = 0.5, leastAnswers: Int = 10, rest: Duration = .seconds(600)
    ) {
        self.asksAgain = asksAgain
        self.leastAccepted = min(max(0, leastAccepted), 1)
        self.leastAnswers = max(1, leastAnswers)
        self.rest = rest
    }
}
