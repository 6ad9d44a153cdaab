import Foundation
import Vocabulary

@testable import ModelClient

extension Simulation {
    mutating func feed(_ input: Engine.Input) {
        for action in engine.step(input, at: moment) { perform(action) }
        guard let wake = engine.nextWake().map({ max($0, now) }), wakesAt.map({ wake < $0 }) ?? true else { return }
        wakesAt = wake
        put(.wake, at: wake)
    }

    private mutating func perform(_ action: Engine.Action) {
        switch action {
        case .ask(let id, let turn): ask(id, turn)
        case .finish(let id, let finish):
            let offer = open.removeValue(forKey: id)
            expect(offer != nil, "a call ended twice")
            if setup.offersAgain, now < setup.time, let offer, case .gaveUp(.mustWait(let wait)) = finish.ending {
                tally.returns += 1
                put(.comeback(offer), at: now + max(wait, .seconds(1)))
            }
            let name = "\(finish.ending)".prefix { $0 != "(" } + "\(finish.skipped.map(\.reason.rawValue))"
            tally.endings[String(name.prefix(12)), default: 0] += 1
            tally.mix("finish \(id.number) \(name)")
        case .alert(let alert):
            tally.alerts.append(alert)
            tally.mix("\(alert)")
        case .refreshPrices: tally.mix("refresh")
        }
    }

    private mutating func ask(_ id: CallID, _ turn: Engine.Turn) {
        guard let offer = open[id], let hop = offer.hops.first(where: { $0.target == turn.target }) else {
            return expect(false, "a call that has ended asks")
        }
        expect(underWay[id] == nil, "a call asks twice at once")
        expect(turn.timeout > .zero, "a request without time")
        recordCount += 1
        let record = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), number: recordCount)
        records[record] = Record(
            reservation: Reservation(
                id: record, day: turn.day, at: moment.date, provider: hop.provider, model: hop.model, task: offer.task,
                labels: offer.labels, worstCase: turn.worstCase),
            charged: turn.worstCase ?? .zero, billed: .zero)
        underWay[id] = record
        for meter in [hop.model, "provider \(hop.provider)"] {
            expect(rates[meter]?.admits(at: now) ?? true, "more requests to \(meter) than its limit allows")
        }
        tally.asked[hop.model, default: 0] += 1
        tally.occasions[turn.occasion, default: 0] += 1
        tally.times[hop.model, default: []].append(now)
        tally.mix("ask \(id.number) \(hop.model) \(turn.occasion)")
        let outcome = provider.outcome(of: turn, model: hop.model, at: now)
        put(.conclusion(id, outcome, record), at: now + outcome.takes)
    }
}

extension UUID {
    fileprivate init(uuid: uuid_t, number: UInt64) {
        var bytes = uuid
        withUnsafeMutableBytes(of: &bytes) { $0.storeBytes(of: number, as: UInt64.self) }
        self.init(uuid: bytes)
    }
}
