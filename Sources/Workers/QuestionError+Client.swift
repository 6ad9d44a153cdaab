import Bellhop
import ModelClient

extension QuestionError {
    /// How often an event that waits for a budget looks again.
    private static let budgetLook = Duration.seconds(600)

    /// What a failed call means for the event.
    ///
    /// - Parameter policy: what the call asked for, all that holds for it together.
    init(_ error: ModelClientError, policy: DataPolicy) {
        switch error.code {
        case .mustWait:
            self = .wait(error.retryAfter ?? .seconds(60), reason: error.message)
        case .overBudget:
            // Not until the day ends: the budget may be raised before.
            self = .wait(min(error.retryAfter ?? Self.budgetLook, Self.budgetLook), reason: error.message)
        case .unrecorded:
            self = .outage(reason: error.message)
        case .noModelAllowed:
            self = .needsPerson(
                .noModelAllowed,
                reason:
                    "no model may see the data, whose policy asks for: \(policy.words). Add a model to bellhop.yaml "
                    + "that satisfies it, or ask for less under data_policy (in bellhop.yaml or in the handler's file "
                    + "in webhooks/) or in the handler itself; then retry the event")
        case .stopped:
            self = .needsPerson(.wrongRequest, reason: error.message)
        case .chainExhausted, .deadlineExceeded:
            self = .init(exhausted: error)
        }
    }

    /// Nobody answered. An outage is what only time can mend; it goes before a model that was too dear, because that
    /// one would not have been needed.
    private init(exhausted error: ModelClientError) {
        let failures = error.attempts.compactMap { $0.failure?.kind }
        let skips = error.skipped.map(\.reason)
        let isTooDear = skips.contains { [.overCeiling, .overSpendLimit, .unpriced].contains($0) }
        let isAnswered = failures.contains(where: \.saysSomething)
        let isOutage = failures.contains(where: \.isOutage) || skips.contains(where: \.endsByItself)
        if isTooDear, isAnswered || !isOutage {
            self = .needsPerson(
                .spendLimit,
                reason:
                    "no model is left whose price is known and within the handler's spend limit and the budgets' "
                    + "ceilings; \(error.message)")
        } else if isAnswered {
            self = .noAnswer(reason: error.message)
        } else if !isOutage, skips.contains(.disabled) {
            self = .needsPerson(
                .unknownModels,
                reason: "the provider has none of the models; correct their ids in bellhop.yaml; \(error.message)")
        } else {
            self = .outage(reason: error.message)
        }
    }
}

extension FailureKind {
    /// Whether it says nothing against the question, so that time, or a new key, can mend it.
    fileprivate var isOutage: Bool {
        [.rateLimited, .quotaExceeded, .notConnected, .timeout, .unavailable, .authentication].contains(self)
    }
}

extension FailureKind {
    /// Whether it says something about the question, so that asking again is an attempt. A model that is not there or
    /// that our own constraints exclude has said nothing.
    fileprivate var saysSomething: Bool {
        !isOutage && self != .constrained && self != .unknownModel
    }
}

extension Skip.Reason {
    /// Whether the model will be asked again without a change to the configuration.
    fileprivate var endsByItself: Bool {
        switch self {
        case .resting, .providerClosed, .emergency, .overBudget: true
        case .disabled, .overCeiling, .overSpendLimit, .unpriced: false
        }
    }
}
