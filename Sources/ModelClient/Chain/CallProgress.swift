/// Decides for one call which model is asked next, after which wait, and when to give up.
///
/// It has no clock and does no I/O: its owner performs an ``Action`` and reports what came of it as an ``Event``.
struct CallProgress {
    /// A model of the chain, as far as the decisions need it.
    struct Hop: Equatable {
        var model: String
        var provider: String
    }

    enum Event: Equatable {
        case started
        /// The wait is over.
        case waited
        /// The model was not asked: it is known to want no request for this long.
        case resting(Duration)
        /// The model was asked, or could not be, and this came of it.
        case failed(FailureSignal)
    }

    enum Action: Equatable {
        /// Ask the model at this place of the chain.
        case ask(Int)
        case wait(Duration)
        case giveUp(Ending)
    }

    enum Ending: Equatable {
        /// No model is left, or no request.
        case exhausted
        /// Nothing stands in the way but waits, and the shortest of them is this long.
        case mustWait(Duration)
        case deadline
        /// No other model can mend this.
        case stopped(FailureSignal)
    }

    private let hops: [Hop]
    private let rules: RetryRules
    private let maxRequests: Int
    private let deadline: Duration

    private var position = 0
    private var requests = 0
    private var retries: [FailureKind: Int] = [:]
    private var closedProviders: Set<String> = []
    private var refusals = 0
    /// When the models that were left because of a wait may be asked again.
    private var waits: [Duration] = []
    private var failedOtherwise = false

    /// - Parameters:
    ///   - hops: the chain, not empty.
    ///   - deadline: the uptime at which the whole call must be over.
    init(hops: [Hop], rules: RetryRules, maxRequests: Int, deadline: Duration) {
        self.hops = hops
        self.rules = rules
        self.maxRequests = maxRequests
        self.deadline = deadline
    }

    /// What to do after an event.
    ///
    /// - Parameter chance: a random number from 0 to 1, for the length of a wait.
    mutating func next(after event: Event, at now: Duration, chance: Double) -> Action {
        switch event {
        case .started, .waited:
            return now < deadline ? .ask(position) : .giveUp(.deadline)
        case .resting(let rest):
            waits.append(now + rest)
            return moveOn(at: now)
        case .failed(let signal):
            return react(to: signal, at: now, chance: chance)
        }
    }

    /// Counts a request that is about to be sent.
    ///
    /// - Returns: the longest time it may take, or `nil` when the deadline has passed.
    mutating func admit(upTo limit: Duration, at now: Duration) -> Duration? {
        guard now < deadline else { return nil }
        requests += 1
        return min(limit, share(at: now))
    }

    func timeLeft(at now: Duration) -> Duration {
        max(.zero, deadline - now)
    }

    /// The time that the current model may use, so that as much is left for each model after it.
    private func share(at now: Duration) -> Duration {
        let open = hops[position...].count { !closedProviders.contains($0.provider) }
        return timeLeft(at: now) / max(1, open)
    }

    private mutating func react(to signal: FailureSignal, at now: Duration, chance: Double) -> Action {
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
        case .retry(let rule):
            let count = retries[signal.kind, default: 0]
            let wait = wait(before: count, rule: rule, signal: signal, chance: chance)
            guard count < rule.retries, requests < maxRequests, wait < share(at: now) else {
                return leave(because: signal, at: now)
            }
            retries[signal.kind] = count + 1
            return wait > .zero ? .wait(wait) : .ask(position)
        }
    }

    /// A provider's hint is obeyed, with up to a tenth more so that calls told the same do not return together.
    private func wait(before retry: Int, rule: RetryRules.Rule, signal: FailureSignal, chance: Double) -> Duration {
        guard let hint = signal.retryAfter, hint > .zero else {
            return rules.wait(before: retry, base: rule.base, chance: chance)
        }
        return hint + hint / 10 * min(max(0, chance), 1)
    }

    private mutating func leave(because signal: FailureSignal, at now: Duration) -> Action {
        if signal.concernsProvider { closedProviders.insert(hops[position].provider) }
        if let rest = signal.rest {
            waits.append(now + rest)
        } else if ![.rateLimited, .overSpendLimit].contains(signal.kind) {
            // The exceptions say nothing against the other models' waits: a rate limit is one, its length unknown,
            // and too small a limit is no failure of the model.
            failedOtherwise = true
        }
        return moveOn(at: now)
    }

    private mutating func moveOn(at now: Duration) -> Action {
        retries = [:]
        repeat { position += 1 } while position < hops.count && closedProviders.contains(hops[position].provider)
        guard position < hops.count, requests < maxRequests else { return .giveUp(ending(at: now)) }
        return now < deadline ? .ask(position) : .giveUp(.deadline)
    }

    private func ending(at now: Duration) -> Ending {
        guard !failedOtherwise, let soonest = waits.min() else { return .exhausted }
        return .mustWait(max(.zero, soonest - now))
    }
}
