import Vocabulary

extension Engine {
    mutating func standInLine(_ id: CallID, _ call: CallState) {
        let model = call.offer.hops[call.progress.position].model
        let place = Lane.Place(priority: call.offer.priority, call: id, ticket: call.ticket)
        newcomers.append(id)
        if let index = lanes.firstIndex(where: { $0.model == model }) {
            lanes[index].enter(place)
        } else {
            var lane = Lane(model: model)
            lane.enter(place)
            lanes.append(lane)
        }
    }

    /// Sends requests for those who stand in line, as long as there is room.
    mutating func serveLines(at now: Moment) {
        meterWake = nil
        clearClosedLanes(at: now)
        while inFlight < rules.concurrency, let (lane, call) = firstInLine(at: now) {
            lanes[lane].removeFirst()
            start(call, at: now)
        }
        setDeadlines(at: now)
    }

    /// Who stands in line for a model that must not be asked any more moves on; that takes no place.
    private mutating func clearClosedLanes(at now: Moment) {
        for index in lanes.indices {
            while let place = firstPlace(in: index), let call = calls[place.call],
                let obstacle = obstacle(for: call, at: call.progress.position, now: now)
            {
                lanes[index].removeFirst()
                advance(place.call, .skipped(obstacle), at: now)
            }
        }
    }

    private mutating func firstPlace(in lane: Int) -> Lane.Place? {
        lanes[lane].first { [calls] in calls[$0.call]?.ticket == $0.ticket }
    }

    /// Of all lines that may move, the one whose first has the highest priority or came earliest.
    private mutating func firstInLine(at now: Moment) -> (lane: Int, call: CallID)? {
        var best: (lane: Int, place: Lane.Place)?
        for index in lanes.indices {
            guard let place = firstPlace(in: index), best.map({ $0.place < place }) ?? true, mayMove(place, at: now)
            else { continue }
            best = (index, place)
        }
        return best.map { ($0.lane, $0.place.call) }
    }

    /// Whether the first of a line may be served: it is asked, or finds that it must not be.
    private mutating func mayMove(_ place: Lane.Place, at now: Moment) -> Bool {
        guard let call = calls[place.call] else { return true }
        let hop = call.offer.hops[call.progress.position]
        switch health.standing(of: hop.model, at: hop.provider, now: now.uptime) {
        case .busy: return false
        // A probe has gone out since the lines were cleared.
        case .resting, .providerClosed, .unknownModel: return true
        case .open: break
        }
        guard let wait = meters.wait(for: hop, at: now.uptime) else { return true }
        let ready = now.uptime + wait
        meterWake = meterWake.map { min($0, ready) } ?? ready
        return false
    }

    /// Asks the model that the call stands in line for, unless something has come in between.
    private mutating func start(_ id: CallID, at now: Moment) {
        guard var call = calls[id] else { return }
        // Other budgets may hold by now than when the call was offered.
        call.accounts = budgets.accounts(for: call.offer.labels)
        let index = call.progress.position
        let hop = call.offer.hops[index]
        if let obstacle = obstacle(for: call, at: index, now: now) {
            return advance(id, .skipped(obstacle), at: now)
        }
        let worstCase = worstCase(of: call, at: index)
        let hold: BudgetBook.Hold
        switch budgets.reserve(worstCase ?? .zero, in: call.accounts, at: now.date) {
        case .held(let held): hold = held
        case .refused(let refusal):
            return advance(id, .skipped(obstacle(refusal, of: hop, at: now)), at: now)
        }
        guard let timeout = call.progress.admit(upTo: hop.timeout, at: now.uptime) else {
            budgets.settle(hold, cost: .none, task: call.offer.task, model: hop.model)
            return finish(id, .gaveUp(.deadline))
        }
        inFlight += 1
        meters.take(hop)
        if call.progress.requests == 1 { retryBudget.earn() }
        call.enter(
            .asking(
                CallState.Flight(
                    hop: index, ticket: health.begin(hop.model, at: hop.provider, now: now.uptime), hold: hold)))
        calls[id] = call
        actions.append(
            .ask(
                id,
                Turn(
                    target: hop.target, occasion: call.progress.occasion, timeout: timeout, day: hold.day,
                    worstCase: worstCase, skipped: call.progress.skips)))
    }

    private mutating func obstacle(
        _ refusal: BudgetBook.Refusal, of hop: Offer.Hop, at now: Moment
    ) -> CallProgress.Obstacle {
        switch refusal {
        // They will cost less than was put aside for them: then there may be room.
        case .underWay: .init(reason: .overBudget, wait: hop.timeout)
        case .spent: .init(reason: .overBudget, wait: budgets.untilNextDay(at: now.date))
        case .never: .init(reason: .overCeiling)
        }
    }

    /// Those who could not be served at once wait no longer than their share of the time when a model holds them up,
    /// and no longer than their deadline when all places are taken.
    private mutating func setDeadlines(at now: Moment) {
        let isFull = inFlight >= rules.concurrency
        // With a place free, it is their models that hold up whoever is still in line.
        for id in isFull ? newcomers : newcomers + patient {
            guard let call = calls[id], call.isInLine else { continue }
            let end = isFull ? call.progress.deadline : now.uptime + call.progress.share(at: now.uptime)
            timers.set(Timers.Timer(at: end, call: id, ticket: call.ticket))
        }
        if isFull { patient += newcomers } else { patient = [] }
        newcomers = []
        // Most have been served meanwhile; so the list stays about as long as the line.
        if patient.count > 2 * calls.count { patient.removeAll { calls[$0]?.isInLine != true } }
    }

    /// A call has stood in line for its share of the time. Behind a model that is held up it goes on to the next, which
    /// may be free; when all places are taken, no other model would serve it sooner.
    mutating func losePatience(_ id: CallID, at now: Moment) {
        guard let call = calls[id] else { return }
        if now.uptime >= call.progress.deadline { return finish(id, .gaveUp(.deadline)) }
        guard inFlight < rules.concurrency else {
            patient.append(id)
            return timers.set(Timers.Timer(at: call.progress.deadline, call: id, ticket: call.ticket))
        }
        let hop = call.offer.hops[call.progress.position]
        let wait = meters.wait(for: hop, at: now.uptime) ?? .seconds(1)
        advance(id, .skipped(.init(reason: .resting, wait: wait)), at: now)
    }
}
