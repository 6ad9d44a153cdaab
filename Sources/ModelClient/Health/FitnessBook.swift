import Vocabulary

/// How well models do at tasks, by the share of their answers that are accepted.
struct FitnessBook {
    private struct Key: Hashable {
        var model: String
        var task: TaskType
    }

    private struct Score {
        /// A running average that forgets: each answer counts for a tenth of what is known.
        var accepted = 1.0
        var answers = 0
        var unfitUntil: Duration?
    }

    /// Tasks come from plugins; beyond this many scores the book begins anew.
    private static let mostScores = 10_000

    private var rules: QualityRules
    private var scores: [Key: Score] = [:]
    private var alerts: [Alert] = []

    init(_ rules: QualityRules) {
        self.rules = rules
    }

    mutating func adopt(_ rules: QualityRules) {
        self.rules = rules
    }

    /// Whether the model should be asked last for the task.
    mutating func isUnfit(_ model: String, for task: TaskType, at now: Duration) -> Bool {
        let key = Key(model: model, task: task)
        guard let until = scores[key]?.unfitUntil else { return false }
        guard until <= now else { return true }
        // Another chance, without what it did before.
        scores[key] = nil
        return false
    }

    mutating func note(_ model: String, task: TaskType, isAccepted: Bool, at now: Duration) {
        if scores.count >= Self.mostScores { scores = [:] }
        let key = Key(model: model, task: task)
        var score = scores[key] ?? Score()
        score.answers += 1
        let weight = max(0.1, 1 / Double(score.answers))
        score.accepted += ((isAccepted ? 1 : 0) - score.accepted) * weight
        if score.unfitUntil == nil, score.answers >= rules.leastAnswers, score.accepted < rules.leastAccepted {
            score.unfitUntil = now + rules.rest
            alerts.append(.modelUnfit(model, task: task))
        }
        scores[key] = score
    }

    mutating func takeAlerts() -> [Alert] {
        guard !alerts.isEmpty else { return [] }
        defer { alerts = [] }
        return alerts
    }
}
