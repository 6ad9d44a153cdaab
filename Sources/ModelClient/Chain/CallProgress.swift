import Vocabulary

/// Decides for one call which model is asked next, after which wait, and when to give up.
///
/// It has no clock and does no I/O: its owner performs an ``Action`` and reports what came of it as an ``Event``.
struct CallProgress {
    /// A model of the chain, as far as the decisions need it.
    struct Hop: Equatable {
        var model: String
        /// The most that one request can cost; `nil` when the price is not known.
        var worstCase: USD?
    }

    enum Event: Equatable {
        case started
        /// The wait is over.
        case waited
        /// The model was not asked.
        case skipped(Obstacle)
        /// The model was asked, or could not be, and this came of it.
        case failed(FailureSignal)
    }

    enum Action: Equatable {
        /// Ask the model at this place of the chain.
        case ask(Int, Attempt.Occasion)
        case wait(Duration)
        case giveUp(Ending)
    }

    /// Why a model is not asked, and after how long that may have changed.
    struct Obstacle: Equatable {
        var reason: Skip.Reason
        var wait: Duration?
    }

    enum Ending: Equatable {
        /// No model is left, or no request.
        case exhausted
        /// Nothing stands in the way but waits, and the shortest of them is this long.
        case mustWait(Duration)
        /// Nothing stands in the way but budgets, until they begin anew.
        case overBudget(Duration)
        case deadline
        /// No other model can mend this.
        case stopped(FailureSignal)
    }

    /// No model has answered in less: a request that has only this long would be paid for and thrown away.
    static let shortestTime = Duration.milliseconds(50)

    private let rules: RetryRules
    private let maxRequests: Int
    private let asksAgain: Bool
    /// The uptime at which the whole call must be over.
    let deadline: Duration
    let hops: [Hop]

    private(set) var position = 0
    private(set) var requests = 0
    private(set) var skips: [Skip] = []
    /// What a correction adds to the worst case of a request.
    private(set) var extraCost = USD.zero
    private var retries: [FailureKind: Int] = [:]
    private var hasCorrected = false
    private var refusals = 0
    private(set) var occasion = Attempt.Occasion.first
    /// When what stood in the way may be gone.
    private var waits: [Duration] = []
    private var budgetWaits: [Duration] = []
    private var failedOtherwise = false

    /// - Parameter hops: the chain, not empty.
    init(hops: [Hop], rules: RetryRules, maxRequests: Int, asksAgain: Bool = false, deadline: Duration) {
        self.hops = hops
        self.rules = rules
        self.maxRequests = maxRequests
        self.asksAgain = asksAgain
        self.deadline = deadline
    }

    /// What to do after an event.
    ///
    /// - Parameters:
    ///   - chance: a random number from 0 to 1, for the length of a wait.
    ///   - mayRetry: whether the process may repeat a request. Called only when one would be repeated.
    mutating func next(
        after event: Event, at now: Duration, chance: Double, mayRetry: () -> Bool = { true }
    ) -> Action {
        switch event {
        case .started, .waited:
            return hasTime(at: now) ? .ask(position, occasion) : .giveUp(.deadline)
        case .skipped(let obstacle):
            note(obstacle, at: now)
            return moveOn(at: now)
        case .failed(let signal):
            return react(to: signal, at: now, chance: chance, mayRetry: mayRetry)
        }
    }

    /// Counts a request that is about to be sent.
    ///
    /// - Returns: the longest time it may take, or `nil` when too little is left.
    mutating func admit(upTo limit: Duration, at now: Duration) -> Duration? {
        guard hasTime(at: now) else { return nil }
        requests += 1
        return min(limit, max(share(at: now), Self.shortestTime))
    }

    /// The time that the current model may use, so that as much is left for each model after it.
    func share(at now: Duration) -> Duration {
        max(.zero, deadline - now) / max(1, hops.count - position)
    }

    private func hasTime(at now: Duration) -> Bool {
        deadline - now >= Self.shortestTime
    }

    private mutating func note(_ obstacle: Obstacle, at now: Duration) {
        skips.append(Skip(model: hops[position].model, reason: obstacle.reason))
        guard let wait = obstacle.wait else { return }
        switch obstacle.reason {
        case .emergency, .overBudget: budgetWaits.append(now + wait)
        default: waits.append(now + wait)
        }
    }

    private mutating func react(
        to signal: FailureSignal, at now: Duration, chance: Double, mayRetry: () -> Bool
    ) -> Action {
        if signal.kind == .refused {
            // One provider's taste is worth a second opinion; two refusals are an answer.
            refusals += 1
            if refusals > 1 { return .giveUp(.stopped(signal)) }
        }
        switch rules.verdict(on: signal) {
        case .stop:
            return .giveUp(.stopped(signal))
        case .next:
            return leave(because: signal, at: now)
        case .correct:
            guard isWorthCorrecting(signal) else { return leave(because: signal, at: now) }
            hasCorrected = true
            extraCost = signal.correctionCost ?? .zero
            occasion = .correction
            return .ask(position, occasion)
        case .retry(let rule):
            let count = retries[signal.kind, default: 0]
            let wait = wait(before: count, rule: rule, signal: signal, chance: chance)
            guard count < rule.retries, requests < maxRequests, wait < share(at: now), hasTime(at: now + wait),
                mayRetry()
            else { return leave(because: signal, at: now) }
            retries[signal.kind] = count + 1
            occasion = .retry
            return wait > .zero ? .wait(wait) : .ask(position, occasion)
        }
    }

    /// Whether the model is told what was wrong: once, and only when that is cheaper than the next model.
    private func isWorthCorrecting(_ signal: FailureSignal) -> Bool {
        guard asksAgain, !hasCorrected, requests < maxRequests, let extra = signal.correctionCost else { return false }
        guard position + 1 < hops.count else { return true }
        guard let own = hops[position].worstCase, let next = hops[position + 1].worstCase else { return false }
        return own + extra < next
    }

    /// A provider's hint is obeyed, with up to a tenth more so that calls told the same do not return together.
    private func wait(before retry: Int, rule: RetryRules.Rule, signal: FailureSignal, chance: Double) -> Duration {
        guard let hint = signal.retryAfter, hint > .zero else {
            return rules.wait(before: retry, base: rule.base, chance: chance)
        }
        return hint + hint / 10 * min(max(0, chance), 1)
    }

    private mutating func leave(because signal: FailureSignal, at now: Duration) -> Action {
        if let rest = signal.rest {
            waits.append(now + rest)
        } else if signal.kind != .rateLimited {
            // A rate limit says nothing against the other models' waits: it is one, its length unknown.
            failedOtherwise = true
        }
        return moveOn(at: now)
    }

    private mutating func moveOn(at now: Duration) -> Action {
        retries = [:]
        hasCorrected = false
        extraCost = .zero
        position += 1
        occasion = .fallback
        guard position < hops.count, requests < maxRequests else { return .giveUp(ending(at: now)) }
        return hasTime(at: now) ? .ask(position, occasion) : .giveUp(.deadline)
    }

    private func ending(at now: Duration) -> Ending {
        guard !failedOtherwise else { return .exhausted }
        if let soonest = waits.min() { return .mustWait(max(.zero, soonest - now)) }
        if let soonest = budgetWaits.min() { return .overBudget(max(.zero, soonest - now)) }
        return .exhausted
    }
}
