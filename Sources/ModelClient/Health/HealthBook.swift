/// The health of all models and providers. It has no clock and does no I/O.
struct HealthBook {
    /// Whether a model can be asked, and if not, for how long.
    enum Standing: Equatable {
        case open
        /// Other requests must end first.
        case busy
        case resting(Duration)
        case providerClosed(Duration)
        case unknownModel
    }

    /// What a request needs to be concluded with.
    struct Ticket {
        var model: String
        var provider: String
        var isProbe: Bool
        var isProviderProbe: Bool
    }

    private var rules: BreakerRules
    private var models: [String: ModelHealth] = [:]
    /// Opened by a refused key or a used-up credit, never by an outage.
    private var providers: [String: Breaker] = [:]
    private var alerts: [Alert] = []

    init(_ rules: BreakerRules) {
        self.rules = rules
    }

    /// Takes other rules over. What may have been mended by another configuration gets a new chance.
    mutating func adopt(_ rules: BreakerRules) {
        if rules != self.rules { models = models.filter { $0.value.inFlight > 0 } }
        self.rules = rules
        models = models.filter { !$0.value.isUnknown }
        providers = [:]
    }

    func standing(of model: String, at provider: String, now: Duration) -> Standing {
        if case .nothing(let wait)? = providers[provider]?.leave(at: now) { return .providerClosed(wait) }
        guard let health = models[model] else { return .open }
        if health.isUnknown { return .unknownModel }
        switch health.leave(at: now) {
        case .anything, .probe: return .open
        case .atMost(let width): return health.inFlight < width ? .open : .busy
        case .nothing(let wait): return .resting(wait)
        }
    }

    mutating func begin(_ model: String, at provider: String, now: Duration) -> Ticket {
        let isProbe = models[model, default: ModelHealth(rules)].begin(at: now)
        let isProviderProbe = providers[provider]?.begin(at: now) ?? false
        return Ticket(model: model, provider: provider, isProbe: isProbe, isProviderProbe: isProviderProbe)
    }

    /// - Parameter signal: `nil` for an accepted answer.
    mutating func conclude(_ ticket: Ticket, _ signal: FailureSignal?, at now: Duration) {
        if let signal, signal.concernsProvider {
            close(ticket.provider, because: signal.kind, for: signal.rest ?? rules.accountInterval, at: now)
        } else if ticket.isProviderProbe {
            providers[ticket.provider] = nil
        }
        let news = models[ticket.model, default: ModelHealth(rules)]
            .conclude(signal, isProbe: ticket.isProbe, at: now)
        switch news {
        case .wentDown: alerts.append(.modelDown(ticket.model))
        case .recovered: alerts.append(.modelRecovered(ticket.model))
        case .becameUnknown: alerts.append(.unknownModel(ticket.model, provider: ticket.provider))
        case nil: break
        }
    }

    /// A request was given up by its caller.
    mutating func abandon(_ ticket: Ticket, at now: Duration) {
        models[ticket.model]?.abandon(isProbe: ticket.isProbe, at: now)
        if ticket.isProviderProbe { providers[ticket.provider]?.probeSaidNothing(at: now) }
    }

    mutating func takeAlerts() -> [Alert] {
        guard !alerts.isEmpty else { return [] }
        defer { alerts = [] }
        return alerts
    }

    private mutating func close(_ provider: String, because kind: FailureKind, for wait: Duration, at now: Duration) {
        let wasOpen = providers[provider] == nil
        providers[provider, default: Breaker(rules)].trip(for: wait, at: now)
        guard wasOpen else { return }
        alerts.append(kind == .authentication ? .keyRefused(provider: provider) : .creditUsedUp(provider: provider))
    }
}
