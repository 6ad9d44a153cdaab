import Foundation
import Vocabulary

@testable import ModelClient

extension Simulation {
    mutating func arrive(_ offer: Engine.Offer) {
        lastID += 1
        let id = CallID(number: lastID)
        open[id] = offer
        for (label, value) in offer.labels { values[label, default: []].insert(value) }
        if dice.happens(setup.cancelledShare) {
            put(.cancellation(id), at: now + .milliseconds(Int(dice.share() * 3000)))
        }
        feed(.offered(id, offer))
    }

    mutating func cancel(_ id: CallID) {
        guard open[id] != nil else { return }
        guard let record = underWay.removeValue(forKey: id) else { return feed(.cancelled(id)) }
        // A request under way may be billed to its worst case, and nobody hears of it.
        tally.billed += records[record]?.charged ?? .zero
        feed(.concluded(id, Engine.Conclusion(cost: .unknown, isAbandoned: true)))
    }

    mutating func conclude(_ id: CallID, _ outcome: SimulatedProvider.Outcome, _ record: UUID) {
        guard underWay[id] == record else { return }
        underWay[id] = nil
        tally.billed += outcome.billed
        records[record]?.billed = outcome.billed
        if let charged = outcome.cost.amount { records[record]?.charged = charged }
        if outcome.failure == nil {
            tally.answered += 1
            open[id] = nil
        }
        if outcome.cost == .unknown, dice.happens(setup.correctedShare) {
            put(.correction(record), at: now + .seconds(10 + Int(dice.share() * 600)))
        }
        feed(.concluded(id, Engine.Conclusion(failure: outcome.failure, cost: outcome.cost)))
    }

    /// The process is killed: what it held in memory is gone, what was sent goes on at the provider.
    mutating func crash() {
        tally.lost += open.count
        for record in underWay.values { tally.billed += records[record]?.charged ?? .zero }
        open = [:]
        underWay = [:]
        let dice = dice
        engine = Engine(rules, at: moment, chance: { dice.share() })
        watchRates()
        recover()
    }

    mutating func wakeUp() {
        if wakesAt == now { wakesAt = nil }
        feed(.ticked)
    }

    /// Tells the engine what the ledger knows of today.
    mutating func recover() {
        let day = engine.budgets.day(at: moment.date)
        let charges = records.values.filter { $0.day == day }.map { record in
            Charge(
                model: record.reservation.model, task: record.reservation.task, labels: record.reservation.labels,
                amount: record.charged)
        }
        feed(.recovered(charges, day))
    }

    mutating func adopt(_ rules: Engine.Rules) {
        self.rules = rules
        concurrency = max(rules.concurrency, engine.inFlight)
        keepBounds()
        watchRates()
        feed(.adopted(rules))
        recover()
    }

    mutating func correct(_ id: UUID) {
        guard let record = records[id] else { return }
        records[id]?.charged = record.billed
        tally.corrections += 1
        tally.mix("correct")
        feed(.corrected(record.reservation, .billed(record.billed)))
    }
}
