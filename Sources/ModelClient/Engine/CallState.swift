import Vocabulary

/// One call in the engine.
struct CallState {
    let offer: Engine.Offer
    /// The budgets' accounts in which it counts.
    var accounts: [BudgetAccount]
    var progress: CallProgress
    var phase = Phase.moving
    /// Grows with every change of the phase: places in line and timers that hold an older one are void.
    private(set) var ticket = 0
    /// What its requests cost so far, unknown costs with their worst case.
    private(set) var spent = USD.zero

    enum Phase {
        /// Between two phases, within one step.
        case moving
        case inLine
        /// Until a timer wakes it.
        case pausing
        case asking(Flight)
    }

    /// A request under way.
    struct Flight {
        var hop: Int
        var ticket: HealthBook.Ticket
        var hold: BudgetBook.Hold
    }

    init(_ offer: Engine.Offer, accounts: [BudgetAccount], rules: Engine.Rules, now: Duration) {
        self.offer = offer
        self.accounts = accounts
        progress = CallProgress(
            hops: offer.hops.map { CallProgress.Hop(model: $0.model, worstCase: $0.worstCase) },
            rules: rules.retries, maxRequests: offer.maxRequests, asksAgain: rules.quality.asksAgain,
            deadline: now + offer.deadline)
    }

    var isInLine: Bool {
        if case .inLine = phase { true } else { false }
    }

    mutating func enter(_ phase: Phase) {
        self.phase = phase
        ticket += 1
    }

    mutating func spend(_ cost: Cost, worstCase: USD?) {
        spent += cost.charged(worstCase: worstCase)
    }

    /// Why a request of this worst case must not be sent whatever the budgets say.
    func spendObstacle(_ worstCase: USD?) -> CallProgress.Obstacle? {
        guard offer.spendLimit != nil || !accounts.isEmpty else { return nil }
        guard let worstCase else { return CallProgress.Obstacle(reason: .unpriced) }
        guard let limit = offer.spendLimit, spent + worstCase > limit else { return nil }
        return CallProgress.Obstacle(reason: .overSpendLimit)
    }
}
