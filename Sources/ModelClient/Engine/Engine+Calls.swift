import Vocabulary

extension Engine {
    mutating func take(_ id: CallID, _ offer: Offer, at now: Moment) {
        var offer = offer
        let accounts = budgets.accounts(for: offer.labels)
        if !offer.emergencyHops.isEmpty, budgets.isInEmergency(accounts, at: now.date) {
            offer.hops = offer.emergencyHops
        }
        // Those whose answers to this task are mostly refused come last, in the order that they have among themselves.
        let unfit = offer.hops.filter { fitness.isUnfit($0.model, for: offer.task, at: now.uptime) }
        if !unfit.isEmpty {
            offer.hops.removeAll { hop in unfit.contains { $0.target == hop.target } }
            offer.hops += unfit
        }
        let call = CallState(
            offer, accounts: accounts, rules: rules, now: now.uptime)
        calls[id] = call
        advance(id, .started, at: now)
    }

    /// Moves a call along its chain until it stands in line, pauses or ends.
    mutating func advance(_ id: CallID, _ first: CallProgress.Event, at now: Moment) {
        guard var call = calls[id] else { return }
        var event = first
        while true {
            let action = call.progress.next(after: event, at: now.uptime, chance: chance()) {
                retryBudget.take(at: now.uptime)
            }
            switch action {
            case .ask(let hop, _):
                if let obstacle = obstacle(for: call, at: hop, now: now) {
                    event = .skipped(obstacle)
                    continue
                }
                call.enter(.inLine)
                calls[id] = call
                standInLine(id, call)
            case .wait(let wait):
                call.enter(.pausing)
                calls[id] = call
                timers.set(Timers.Timer(at: now.uptime + wait, call: id, ticket: call.ticket))
            case .giveUp(let ending):
                calls[id] = call
                finish(id, .gaveUp(ending))
            }
            return
        }
    }

    /// Ends a call that nobody waits for. A request under way is concluded first.
    mutating func cancel(_ id: CallID) {
        if case .asking? = calls[id]?.phase { return }
        finish(id, .cancelled)
    }

    mutating func finish(_ id: CallID, _ ending: Finish.Ending) {
        guard let call = calls.removeValue(forKey: id) else { return }
        actions.append(.finish(id, Finish(ending: ending, skipped: call.progress.skips)))
    }

    mutating func fireTimers(at now: Moment) {
        while let timer = timers.popDue(at: now.uptime, where: { [calls] in calls[$0.call]?.ticket == $0.ticket }) {
            switch calls[timer.call]?.phase {
            case .pausing: advance(timer.call, .waited, at: now)
            case .inLine: losePatience(timer.call, at: now)
            case .asking, .moving, nil: break
            }
        }
    }
}

extension Engine {
    /// Why the model must not be asked for this call now.
    mutating func obstacle(
        for call: CallState, at index: Int, now: Moment
    ) -> CallProgress.Obstacle? {
        let hop = call.offer.hops[index]
        switch health.standing(of: hop.model, at: hop.provider, now: now.uptime) {
        case .open, .busy: break
        case .resting(let wait): return .init(reason: .resting, wait: wait)
        case .providerClosed(let wait): return .init(reason: .providerClosed, wait: wait)
        case .unknownModel: return .init(reason: .disabled)
        }
        if !budgets.allows(hop.model, for: call.accounts, at: now.date) {
            return .init(reason: .emergency, wait: budgets.untilNextDay(at: now.date))
        }
        return call.spendObstacle(worstCase(of: call, at: index))
    }

    func worstCase(of call: CallState, at index: Int) -> USD? {
        call.offer.hops[index].worstCase.map { $0 + call.progress.extraCost }
    }
}
