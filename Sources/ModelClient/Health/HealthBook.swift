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
        /// Of the configuration that was in force when the request was sent.
        var generation: Int
    }

    private var rules: BreakerRules
    /// Grows with each configuration.
    private var generation = 0
    private var models: [String: ModelHealth] = [:]
    /// Opened by a refused key or a used-up credit, never by an outage.
    private var providers: [String: Breaker] = [:]
    private var alerts: [Alert] = []

    init(_ rules: BreakerRules) {
        self.rules = rules
    }

    /// Takes other rules over. What may have been mended by another configuration gets a new chance.
    mutating func adopt(_ rules: BreakerRules) {
        self.rules = rules
        generation += 1
        for name in models.keys { models[name]?.adopt(rules) }
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
        return Ticket(
            model: model, provider: provider, isProbe: isProbe, isProviderProbe: isProviderProbe,
            generation: generation)
    }

    /// - Parameter signal: `nil` for an accepted answer.
    mutating func conclude(_ ticket: Ticket, _ signal: FailureSignal?, at now: Duration) {
        // What another configuration met says nothing about the account and the model's name in this one.
        let isCurrent = ticket.generation == generation
        if let signal, signal.concernsProvider, isCurrent {
            close(ticket.provider, because: signal.kind, for: signal.rest ?? rules.accountInterval, at: now)
        } else if ticket.isProviderProbe, isCurrent {
            probed(ticket.provider, signal, at: now)
        }
        let news = models[ticket.model, default: ModelHealth(rules)]
            .conclude(signal, isProbe: ticket.isProbe, isCurrent: isCurrent, at: now)
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
        guard ticket.isProviderProbe, ticket.generation == generation else { return }
        providers[ticket.provider]?.trip(for: rules.accountInterval, at: now)
    }

    mutating func takeAlerts() -> [Alert] {
        guard !alerts.isEmpty else { return [] }
        defer { alerts = [] }
        return alerts
    }

    /// Opens a provider again if the probe's answer shows that the key is good.
    private mutating func probed(_ provider: String, _ signal: FailureSignal?, at now: Duration) {
        switch signal?.kind {
        case .notConnected, .timeout, .unavailable, .malformedResponse:
            providers[provider]?.trip(for: rules.accountInterval, at: now)
        default: providers[provider] = nil
        }
    }

    private mutating func close(_ provider: String, because kind: FailureKind, for wait: Duration, at now: Duration) {
        let wasOpen = providers[provider] == nil
        providers[provider, default: Breaker(account: rules)].trip(for: wait, at: now)
        guard wasOpen else { return }
        alerts.append(kind == .authentication ? .keyRefused(provider: provider) : .creditUsedUp(provider: provider))
    }
}
