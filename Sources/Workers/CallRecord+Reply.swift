import Bellhop
import Foundation
import InboxCore
import ModelClient

extension CallRecord {
    /// What the inbox keeps of a call.
    init(
        step: String, routing: Routing, attempts: [ModelClient.Attempt], accepted: ModelReply?, premium: Model?,
        journal: JournalUse? = nil, startedAt: Date, finishedAt: Date
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
            promptTokens: usage?.promptTokens ?? 0, completionTokens: usage?.completionTokens ?? 0,
            journal: journal)
    }

    /// A question that nobody was asked.
    ///
    /// - Parameter model: who gave the recorded answer.
    init(step: String, routing: Routing, journal: JournalUse, model: String?, at now: Date) {
        self.init(
            step: step, routingClass: routing.routingClass, task: routing.task, model: model, isFallback: false,
            attempts: [], startedAt: now, milliseconds: 0, cost: .zero, unknownCosts: 0, premiumCost: nil,
            promptTokens: 0, completionTokens: 0, journal: journal)
    }
}

extension CallRecord.JournalUse {
    /// What the journal said of a question, as the end of a sentence about it.
    var words: String {
        switch self {
        case .recorded: "has a recorded answer"
        case .changed: "is not the one that was recorded"
        case .outdated: "has a recorded answer that no longer passes its checks"
        case .missing: "has no recorded answer"
        }
    }
}

extension CallRecord.Attempt {
    init(_ attempt: ModelClient.Attempt) {
        self.init(
            model: attempt.model, status: attempt.status, milliseconds: Int(attempt.elapsed / .milliseconds(1)),
            cost: attempt.cost.amount, charged: attempt.charged,
            failure: attempt.failure.map { "\($0.kind.rawValue): \($0.reason)" },
            occasion: attempt.occasion.rawValue, replaySafety: attempt.replaySafety.rawValue)
    }
}
