import Foundation
import Vocabulary

extension Engine {
    /// Books what came of a request and moves its call on.
    mutating func conclude(_ id: CallID, _ conclusion: Conclusion, at now: Moment) {
        guard var call = calls[id], case .asking(let flight) = call.phase else { return }
        let hop = call.offer.hops[flight.hop]
        inFlight -= 1
        if let used = conclusion.tokens { meters.correct(hop, to: used) }
        budgets.settle(flight.hold, cost: conclusion.cost, task: call.offer.task, model: hop.model)
        call.spend(conclusion.cost, worstCase: flight.hold.amount)
        call.enter(.moving)
        calls[id] = call
        if conclusion.isAbandoned || conclusion.isUnrecorded {
            health.abandon(flight.ticket, at: now.uptime)
            return finish(id, conclusion.isAbandoned ? .cancelled : .unrecorded)
        }
        let failure = conclusion.failure.map { $0.untilReset(at: now.date) }
        health.conclude(flight.ticket, failure, at: now.uptime)
        judge(conclusion, of: hop, task: call.offer.task, at: now.uptime)
        if let failure {
            advance(id, .failed(failure), at: now)
        } else {
            calls[id] = nil
        }
    }

    private mutating func judge(_ conclusion: Conclusion, of hop: Offer.Hop, task: TaskType, at now: Duration) {
        switch conclusion.failure?.kind {
        case nil: fitness.note(hop.model, task: task, isAccepted: true, at: now)
        case .poorAnswer: fitness.note(hop.model, task: task, isAccepted: false, at: now)
        case .constrained where refreshes.isDue(hop.provider, at: now):
            actions.append(.refreshPrices(provider: hop.provider))
        default: break
        }
        if case .billed(let billed) = conclusion.cost, let estimate = conclusion.estimate,
            let alert = drift.note(hop.model, estimated: estimate, billed: billed)
        {
            actions.append(.alert(alert))
        }
    }

    mutating func adopt(_ rules: Rules, at now: Moment) {
        self.rules = rules
        health.adopt(rules.breaker)
        budgets.adopt(rules.budgets, at: now.date)
        fitness.adopt(rules.quality)
        retryBudget.adopt(rules.retryBudget)
        meters.adopt(rules)
    }
}

extension FailureSignal {
    /// A used-up quota of which nobody says when it comes back, with the next midnight in UTC, when quotas begin anew.
    ///
    /// OpenRouter counts the days of keys and free models in UTC (docs "Limits", August 2026).
    fileprivate func untilReset(at date: Date) -> FailureSignal {
        guard kind == .quotaExceeded, !concernsProvider, retryAfter == nil else { return self }
        var copy = self
        let seconds = date.timeIntervalSince1970
        copy.retryAfter = .seconds(86_400 - seconds.truncatingRemainder(dividingBy: 86_400))
        return copy
    }
}
