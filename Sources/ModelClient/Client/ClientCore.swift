import Foundation
import Logging
import Synchronization
import Vocabulary

/// What all calls of a client share: the engine, and who waits for its word.
final class ClientCore: Sendable {
    /// The engine's word to one call.
    enum Directive {
        case ask(Engine.Turn)
        case finish(Engine.Finish)
    }

    fileprivate struct State {
        var engine: Engine
        var lastID: UInt64 = 0
        var waiting: [CallID: CheckedContinuation<Directive, Never>] = [:]
        /// Words that came before their call waited for them.
        var early: [CallID: Directive] = [:]
        /// The uptime at which the alarm rings.
        var alarm: Duration?
        var isLedgerFailing = false
        /// The newest configuration; calls may go by an older one.
        var configuration: ModelClientConfiguration
        /// Prices that a provider lists and that differ from the configuration, by the configured name.
        var prices: [String: PricePair] = [:]
    }

    /// What is left to do once the lock is given back.
    fileprivate struct Aftermath {
        var own: Directive?
        var others: [(CheckedContinuation<Directive, Never>, Directive)] = []
        var alerts: [Alert] = []
        var refreshes: [String] = []
        var alarm: Duration?
    }

    let alerts = AlertHub()
    let time: TimeSource
    private let logger: Logger
    private let state: Mutex<State>
    /// Providers whose prices should be asked for.
    let priceRequests: AsyncStream<String>
    private let priceRequester: AsyncStream<String>.Continuation

    init(
        _ configuration: ModelClientConfiguration, time: TimeSource, logger: Logger,
        chance: @escaping @Sendable () -> Double
    ) {
        self.time = time
        self.logger = logger
        let now = Moment(uptime: time.uptime(), date: time.date())
        let engine = Engine(Engine.Rules(configuration), at: now, chance: chance)
        state = Mutex(State(engine: engine, configuration: configuration))
        (priceRequests, priceRequester) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    /// Begins a call.
    ///
    /// - Returns: its id, and the engine's first word when it has one already.
    func begin(_ offer: Engine.Offer) -> (CallID, Directive?) {
        let id = state.withLock { state in
            state.lastID += 1
            return CallID(number: state.lastID)
        }
        return (id, feed(.offered(id, offer), by: id))
    }

    func conclude(_ id: CallID, _ conclusion: Engine.Conclusion) -> Directive? {
        feed(.concluded(id, conclusion), by: id)
    }

    /// Waits for the engine's next word to a call. When the task is cancelled, that is the end of the call.
    func directive(for id: CallID) async -> Directive {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state in
                    let early = state.early.removeValue(forKey: id)
                    if early == nil { state.waiting[id] = continuation }
                    return early
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            _ = feed(.cancelled(id), by: nil)
        }
    }

    func tell(_ input: Engine.Input) {
        _ = feed(input, by: nil)
    }

    func alert(_ alert: Alert) {
        logger.log(level: alert.level, "Alert", metadata: ["alert": "\(alert)"])
        alerts.send(alert)
    }

    /// Notes whether the ledger took a reservation; a failure is told once until it works again.
    func ledgerAnswered(_ isRecorded: Bool) {
        let isNews = state.withLock { state in
            defer { state.isLedgerFailing = !isRecorded }
            return !isRecorded && !state.isLedgerFailing
        }
        if isNews { alert(.ledgerFailed) }
    }

    /// Changes the prices that differ from the configuration.
    func changePrices(_ body: (inout [String: PricePair]) -> Void) {
        state.withLock { body(&$0.prices) }
    }

    /// Prices that differ from the configuration, by the configured name of the model.
    var prices: [String: PricePair] {
        state.withLock { $0.prices }
    }

    /// The newest configuration.
    var configuration: ModelClientConfiguration {
        state.withLock { $0.configuration }
    }

    /// Takes another configuration over. Listed prices are compared anew with what it says.
    ///
    /// - Parameter charges: what the ledger knew of a day shortly before.
    func adopt(_ configuration: ModelClientConfiguration, known charges: [Charge], on day: BudgetDay) {
        state.withLock { state in
            state.configuration = configuration
            state.prices = [:]
        }
        tell(.adopted(Engine.Rules(configuration), known: charges, on: day))
    }

    /// The day to which costs belong now.
    func today() -> BudgetDay {
        let date = time.date()
        return state.withLock { $0.engine.budgets.day(at: date) }
    }

    /// How many calls stand in line.
    var callsInLine: Int {
        state.withLock { $0.engine.calls.values.count(where: \.isInLine) }
    }

    /// What an account has been charged today, unknown costs with their worst case.
    func charged(_ account: BudgetAccount) -> USD {
        state.withLock { $0.engine.budgets.standing(of: account).charged }
    }

    private func feed(_ input: Engine.Input, by own: CallID?) -> Directive? {
        let now = Moment(uptime: time.uptime(), date: time.date())
        let aftermath = state.withLock { state in
            var aftermath = Aftermath()
            for action in state.engine.step(input, at: now) { state.note(action, own: own, in: &aftermath) }
            if let wake = state.engine.nextWake(), state.alarm.map({ wake < $0 }) ?? true {
                state.alarm = wake
                aftermath.alarm = wake
            }
            return aftermath
        }
        for (continuation, directive) in aftermath.others { continuation.resume(returning: directive) }
        for alert in aftermath.alerts { self.alert(alert) }
        for provider in aftermath.refreshes { priceRequester.yield(provider) }
        if let alarm = aftermath.alarm { setAlarm(for: alarm, in: alarm - now.uptime) }
        return aftermath.own
    }

    /// The engine has no clock, so it is told when its time has come. The task holds nothing but the wait: a client
    /// that is let go meanwhile goes.
    private func setAlarm(for uptime: Duration, in wait: Duration) {
        Task { [weak self, sleep = time.sleep] in
            try? await sleep(max(wait, .zero))
            self?.ring(uptime)
        }
    }

    private func ring(_ uptime: Duration) {
        state.withLock { if $0.alarm == uptime { $0.alarm = nil } }
        _ = feed(.ticked, by: nil)
    }
}

extension ClientCore.State {
    fileprivate mutating func note(
        _ action: Engine.Action, own: CallID?, in aftermath: inout ClientCore.Aftermath
    ) {
        switch action {
        case .ask(let id, let turn): direct(.ask(turn), to: id, own: own, in: &aftermath)
        case .finish(let id, let finish): direct(.finish(finish), to: id, own: own, in: &aftermath)
        case .alert(let alert): aftermath.alerts.append(alert)
        case .refreshPrices(let provider): aftermath.refreshes.append(provider)
        }
    }

    private mutating func direct(
        _ directive: ClientCore.Directive, to id: CallID, own: CallID?, in aftermath: inout ClientCore.Aftermath
    ) {
        if id == own {
            aftermath.own = directive
        } else if let continuation = waiting.removeValue(forKey: id) {
            aftermath.others.append((continuation, directive))
        } else {
            early[id] = directive
        }
    }
}

extension Alert {
    fileprivate var level: Logger.Level {
        switch self {
        case .emergencyEnded, .modelRecovered, .priceChanged, .announcement(_, isTrouble: false): .notice
        case .budgetLow, .modelDown, .modelUnfit, .priceDrift: .warning
        case .emergencyBegan, .ceilingReached, .accountClosed, .keyRefused, .creditUsedUp, .unknownModel, .ledgerFailed,
            .announcement(_, isTrouble: true):
            .error
        }
    }
}
