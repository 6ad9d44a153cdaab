import Bellhop
import Foundation
import InboxCore
import ModelClient

extension CallRecord {
    /// What the inbox keeps of a call.
    init(
        step: String, routing: Routing, attempts: [ModelClient.Attempt], accepted: ModelReply?, premium: Model?,
        startedAt: Date, finishedAt: Date
    ) {
        let usage = accepted?.attempts.last?.usage
        self.init(
            step: step, routingClass: routing.routingClass, task: routing.task, model: accepted?.model,
            isFallback: accepted?.isFallback ?? false, attempts: attempts.map(Attempt.init),
            startedAt: startedAt, milliseconds: Int(finishedAt.timeIntervalSince(startedAt) * 1000),
            cost: attempts.compactMap(\.cost.amount).total(),
            unknownCosts: attempts.count { $0.cost == .unknown },
            premiumCost: usage.flatMap { usage in
                premium?.cost(promptTokens: usage.promptTokens, completionTokens: usage.completionTokens)
            },
            promptTokens: usage?.promptTokens ?? 0, completionTokens: usage?.completionTokens ?? 0)
    }
}

extension CallRecord.Attempt {
    init(_ attempt: ModelClient.Attempt) {
        self.init(
            model: attempt.model, status: attempt.status, milliseconds: Int(attempt.elapsed / .milliseconds(1)),
            cost: attempt.cost.amount, failure: attempt.failure.map { "\($0.kind.rawValue): \($0.reason)" },
            occasion: attempt.occasion.rawValue, replaySafety: attempt.replaySafety.rawValue)
    }
}
