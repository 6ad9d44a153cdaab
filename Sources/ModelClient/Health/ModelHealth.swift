/// Whether one model can be asked: its breaker, and the waits that its provider has asked for.
struct ModelHealth {
    /// A hint may be mistaken and must not take a model away for longer. A quota's reset is no hint but a date.
    static let longestRest = Duration.seconds(3600)
    /// Rate limits in a row without a hint, after which the model is left alone for a while of our own choice.
    private static let patience = 4

    private(set) var breaker: Breaker
    /// Requests under way.
    private(set) var inFlight = 0
    /// The provider does not have it. Only another configuration changes that.
    private(set) var isUnknown = false
    private var restsUntil = Duration.zero
    private var limitsInARow = 0

    init(_ rules: BreakerRules) {
        breaker = Breaker(rules)
    }

    /// Takes other rules over, and gives a model another chance that the provider did not have.
    mutating func adopt(_ rules: BreakerRules) {
        breaker.rules = rules
        isUnknown = false
    }

    /// What may be sent at this uptime.
    func leave(at now: Duration) -> Breaker.Leave {
        restsUntil > now ? .nothing(for: restsUntil - now) : breaker.leave(at: now)
    }

    mutating func begin(at now: Duration) -> Bool {
        inFlight += 1
        return breaker.begin(at: now)
    }

    /// What came of a request.
    enum News {
        case wentDown, recovered, becameUnknown
    }

    /// - Parameter signal: `nil` for an answer; a poor one is an answer as well.
    mutating func conclude(
        _ signal: FailureSignal?, isProbe: Bool, isCurrent: Bool = true, at now: Duration
    ) -> News? {
        inFlight -= 1
        guard let signal, !signal.kind.isAnswer else {
            limitsInARow = 0
            return breaker.succeeded(isProbe: isProbe) ? .recovered : nil
        }
        defer { if isProbe { breaker.probeSaidNothing(at: now) } }
        if let rest = signal.rest {
            self.rest(for: signal.kind == .quotaExceeded ? rest : min(rest, Self.longestRest), at: now)
        }
        switch signal.kind {
        case .unavailable, .timeout, .notConnected, .malformedResponse:
            return breaker.failed(isProbe: isProbe, at: now) ? .wentDown : nil
        case .rateLimited:
            limitsInARow += 1
            if signal.rest == nil, limitsInARow >= Self.patience {
                rest(for: .seconds(2) * (1 << min(limitsInARow - Self.patience, 5)), at: now)
            }
        case .unknownModel:
            guard !isUnknown, isCurrent else { break }
            isUnknown = true
            return .becameUnknown
        default: break
        }
        return nil
    }

    /// The request was given up by its caller and says nothing.
    mutating func abandon(isProbe: Bool, at now: Duration) {
        inFlight -= 1
        if isProbe { breaker.probeSaidNothing(at: now) }
    }

    /// Leaves the model alone, at least until an earlier rest is over.
    private mutating func rest(for wait: Duration, at now: Duration) {
        restsUntil = max(restsUntil, now + wait)
    }
}

extension FailureKind {
    /// Whether the model did answer, so that nothing is wrong with its health.
    var isAnswer: Bool {
        switch self {
        case .poorAnswer, .refused, .contextTooLong, .invalidRequest: true
        default: false
        }
    }
}
