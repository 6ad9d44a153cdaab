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
        /// Rules that are adopted in the middle of it all.
        var adoptions: [(at: Duration, rules: Engine.Rules)] = []
        /// Share of the unknown costs that the provider tells later.
        var correctedShare = 0.0
        /// What failures there are without an outage.
        var kinds = SimulatedProvider.usualKinds
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
        /// Unknown costs that became known.
        var corrections = 0
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

    enum Happening {
        case arrival
        case comeback(Engine.Offer)
        case conclusion(CallID, SimulatedProvider.Outcome, UUID)
        case cancellation(CallID)
        case wake
        case crash
        case adoption(Engine.Rules)
        /// The provider tells what a request cost of which that was not known.
        case correction(UUID)
    }

    private struct Entry: Comparable {
        var at: Duration
        var order: Int
        var happening: Happening

        static func == (a: Entry, b: Entry) -> Bool { a.at == b.at && a.order == b.order }
        static func < (a: Entry, b: Entry) -> Bool { (a.at, a.order) < (b.at, b.order) }
    }

    /// What a ledger that survives crashes would hold.
    struct Record {
        var reservation: Reservation
        var charged: USD
        /// What the provider charges in truth.
        var billed: USD

        var day: BudgetDay { reservation.day }

        func counts(in account: BudgetAccount) -> Bool {
            BudgetAccount(account.scope, labels: reservation.labels) == account
        }
    }

    let setup: Setup
    let dice: Dice
    let provider: SimulatedProvider
    var rules: Engine.Rules
    var engine: Engine
    var tally = Tally()
    var violations: [String] = []
    private var agenda = Heap<Entry>()
    var now = Duration.zero
    var order = 0
    var lastID: UInt64 = 0
    var open: [CallID: Engine.Offer] = [:]
    var underWay: [CallID: UUID] = [:]
    var records: [UUID: Record] = [:]
    var recordCount: UInt64 = 0
    /// The labels seen so far.
    var values: [String: Set<String>] = [:]
    /// The most that an account may have charged and reserved: its ceiling, or what there was when that was lowered.
    var bounds: [BudgetAccount: USD] = [:]
    /// The most that may be under way: the limit, or what was under way when that was lowered.
    var concurrency: Int
    /// When the engine is told next that time has passed.
    var wakesAt: Duration?
    var rates: [String: RateCheck] = [:]
    let start = Date(timeIntervalSince1970: 1_795_478_400)

    init(_ setup: Setup) {
        self.setup = setup
        let dice = Dice(seed: setup.seed)
        self.dice = dice
        var provider = SimulatedProvider(dice: dice)
        provider.outages = setup.outages
        provider.failureShare = setup.failureShare
        provider.kinds = setup.kinds
        self.provider = provider
        rules = setup.rules
        concurrency = setup.rules.concurrency
        engine = Engine(setup.rules, at: Moment(uptime: .zero, date: start), chance: { dice.share() })
    }

    mutating func run() {
        for _ in 0..<setup.calls { put(.arrival, at: setup.time * dice.share()) }
        for crash in setup.crashes { put(.crash, at: crash) }
        for adoption in setup.adoptions { put(.adoption(adoption.rules), at: adoption.at) }
        watchRates()
        // A start like any other: the ledger is asked, and knows nothing.
        recover()
        while let entry = agenda.popMin() {
            now = entry.at
            switch entry.happening {
            case .arrival: arrive(setup.offer(dice))
            case .comeback(let offer): arrive(offer)
            case .conclusion(let id, let outcome, let record): conclude(id, outcome, record)
            case .cancellation(let id): cancel(id)
            case .wake: wakeUp()
            case .crash: crash()
            case .adoption(let rules): adopt(rules)
            case .correction(let record): correct(record)
            }
            check()
        }
        expect(engine.calls.isEmpty && open.isEmpty, "calls are left over")
        expect(engine.inFlight == 0, "places are left taken")
    }

    var moment: Moment {
        Moment(uptime: now, date: start + now / .seconds(1))
    }

    mutating func put(_ happening: Happening, at time: Duration) {
        order += 1
        agenda.insert(Entry(at: time, order: order, happening: happening))
    }
}
