import Foundation
import HeapModule
import Vocabulary

@testable import ModelClient

/// Runs the engine against simulated models on a virtual clock, and checks after each step what must always be true.
struct Simulation {
    struct Setup {
        var seed: UInt64
        var rules: Engine.Rules
        var calls: Int
        /// The calls come at random over this time.
        var time: Duration
        var offer: @Sendable (Dice) -> Engine.Offer
        var outages: [SimulatedProvider.Outage] = []
        var failureShare = 0.03
        /// Share of the calls that are given up by their callers.
        var cancelledShare = 0.01
        /// Whether a call that has to wait is offered again when its time has come, as events are.
        var offersAgain = false
        /// When the process is killed and started again.
        var crashes: [Duration] = []
    }

    /// What was seen.
    struct Tally: Equatable {
        var answered = 0
        var endings: [String: Int] = [:]
        var asked: [String: Int] = [:]
        var occasions: [Attempt.Occasion: Int] = [:]
        var lost = 0
        /// Calls that had to wait and came again.
        var returns = 0
        var billed = USD.zero
        var alerts: [Alert] = []
        /// Depends on every action in order.
        var digest: UInt64 = 14_695_981_039_346_656_037
        /// When each model was asked.
        var times: [String: [Duration]] = [:]

        mutating func mix(_ text: String) {
            for byte in text.utf8 { digest = (digest ^ UInt64(byte)) &* 1_099_511_628_211 }
        }
    }

    private enum Happening {
        case arrival
        case comeback(Engine.Offer)
        case conclusion(CallID, SimulatedProvider.Outcome, UUID)
        case cancellation(CallID)
        case wake
        case crash
    }

    private struct Entry: Comparable {
        var at: Duration
        var order: Int
        var happening: Happening

        static func == (a: Entry, b: Entry) -> Bool { a.at == b.at && a.order == b.order }
        static func < (a: Entry, b: Entry) -> Bool { (a.at, a.order) < (b.at, b.order) }
    }

    /// What a ledger that survives crashes would hold.
    private struct Record {
        var task: TaskType
        var model: String
        var labels: [String: String]
        var day: BudgetDay
        var charged: USD

        func counts(in account: BudgetAccount) -> Bool {
            BudgetAccount(account.scope, labels: labels) == account
        }
    }

    let setup: Setup
    private let dice: Dice
    private let provider: SimulatedProvider
    private(set) var engine: Engine
    private(set) var tally = Tally()
    private(set) var violations: [String] = []
    private var agenda = Heap<Entry>()
    private var now = Duration.zero
    private var order = 0
    private var lastID: UInt64 = 0
    private var open: [CallID: Engine.Offer] = [:]
    private var underWay: [CallID: UUID] = [:]
    private var records: [UUID: Record] = [:]
    private var recordCount: UInt64 = 0
    /// The labels seen so far.
    private var values: [String: Set<String>] = [:]
    private let start = Date(timeIntervalSince1970: 1_795_478_400)

    init(_ setup: Setup) {
        self.setup = setup
        let dice = Dice(seed: setup.seed)
        self.dice = dice
        var provider = SimulatedProvider(dice: dice)
        provider.outages = setup.outages
        provider.failureShare = setup.failureShare
        self.provider = provider
        engine = Engine(setup.rules, at: Moment(uptime: .zero, date: start), chance: { dice.share() })
    }

    mutating func run() {
        for _ in 0..<setup.calls { put(.arrival, at: setup.time * dice.share()) }
        for crash in setup.crashes { put(.crash, at: crash) }
        while let entry = agenda.popMin() {
            now = entry.at
            switch entry.happening {
            case .arrival: arrive(setup.offer(dice))
            case .comeback(let offer): arrive(offer)
            case .conclusion(let id, let outcome, let record): conclude(id, outcome, record)
            case .cancellation(let id): cancel(id)
            case .wake: feed(.ticked)
            case .crash: crash()
            }
            check()
        }
        expect(engine.calls.isEmpty && open.isEmpty, "calls are left over")
        expect(engine.inFlight == 0, "places are left taken")
    }

    private var moment: Moment {
        Moment(uptime: now, date: start + now / .seconds(1))
    }

    private mutating func put(_ happening: Happening, at time: Duration) {
        order += 1
        agenda.insert(Entry(at: time, order: order, happening: happening))
    }

    // MARK: What happens

    private mutating func arrive(_ offer: Engine.Offer) {
        lastID += 1
        let id = CallID(number: lastID)
        open[id] = offer
        for (label, value) in offer.labels { values[label, default: []].insert(value) }
        if dice.happens(setup.cancelledShare) {
            put(.cancellation(id), at: now + .milliseconds(Int(dice.share() * 3000)))
        }
        feed(.offered(id, offer))
    }

    private mutating func cancel(_ id: CallID) {
        guard open[id] != nil else { return }
        guard let record = underWay.removeValue(forKey: id) else { return feed(.cancelled(id)) }
        // A request under way may be billed to its worst case, and nobody hears of it.
        tally.billed += records[record]?.charged ?? .zero
        feed(.concluded(id, Engine.Conclusion(cost: .unknown, isAbandoned: true)))
    }

    private mutating func conclude(_ id: CallID, _ outcome: SimulatedProvider.Outcome, _ record: UUID) {
        guard underWay[id] == record else { return }
        underWay[id] = nil
        tally.billed += outcome.billed
        if let charged = outcome.cost.amount { records[record]?.charged = charged }
        if outcome.failure == nil {
            tally.answered += 1
            open[id] = nil
        }
        feed(.concluded(id, Engine.Conclusion(failure: outcome.failure, cost: outcome.cost)))
    }

    /// The process is killed: what it held in memory is gone, what was sent goes on at the provider.
    private mutating func crash() {
        tally.lost += open.count
        for record in underWay.values { tally.billed += records[record]?.charged ?? .zero }
        open = [:]
        underWay = [:]
        let dice = dice
        engine = Engine(setup.rules, at: moment, chance: { dice.share() })
        let day = engine.budgets.day(at: moment.date)
        let charges = records.values.filter { $0.day == day }.map {
            Charge(model: $0.model, task: $0.task, labels: $0.labels, amount: $0.charged)
        }
        feed(.recovered(charges, day))
    }

    // MARK: What the engine wants

    private mutating func feed(_ input: Engine.Input) {
        for action in engine.step(input, at: moment) { perform(action) }
        if let wake = engine.nextWake() { put(.wake, at: max(wake, now)) }
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
            task: offer.task, model: hop.model, labels: offer.labels, day: turn.day, charged: turn.worstCase ?? .zero)
        underWay[id] = record
        tally.asked[hop.model, default: 0] += 1
        tally.occasions[turn.occasion, default: 0] += 1
        tally.times[hop.model, default: []].append(now)
        tally.mix("ask \(id.number) \(hop.model) \(turn.occasion)")
        let outcome = provider.outcome(of: turn, model: hop.model, at: now)
        put(.conclusion(id, outcome, record), at: now + outcome.takes)
    }

    // MARK: What must always be true

    private mutating func check() {
        expect(engine.inFlight <= setup.rules.concurrency, "more requests under way than allowed")
        expect(engine.inFlight == underWay.count, "the count of requests under way is off")
        checkBudgets()
    }

    private mutating func checkBudgets() {
        let day = engine.budgets.today
        // Adding everything up takes its time; once in a while is often enough for what does not mend itself.
        let isDue = order % 5000 == 0
        for budget in setup.rules.budgets.budgets {
            for account in accounts(of: budget.scope) {
                let state = engine.budgets.standing(of: account)
                expect(state.charged + state.reserved <= budget.ceiling, "the ceiling of \(account) can be crossed")
                guard isDue else { continue }
                let recorded = records.values.filter { $0.day == day && $0.counts(in: account) }.map(\.charged).total()
                expect(recorded <= state.charged + state.reserved, "spending of \(account) is missing")
            }
        }
    }

    private func accounts(of scope: Budget.Scope) -> [BudgetAccount] {
        guard case .each(let label) = scope else { return [BudgetAccount(scope: scope)] }
        return values[label, default: []].map { BudgetAccount(scope: scope, value: $0) }
    }

    private mutating func expect(_ isTrue: Bool, _ rule: String) {
        if !isTrue, violations.count < 10 { violations.append("\(rule) at \(now)") }
    }
}

extension UUID {
    fileprivate init(uuid: uuid_t, number: UInt64) {
        var bytes = uuid
        withUnsafeMutableBytes(of: &bytes) { $0.storeBytes(of: number, as: UInt64.self) }
        self.init(uuid: bytes)
    }
}
