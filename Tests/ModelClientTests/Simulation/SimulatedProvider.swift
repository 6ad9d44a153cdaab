import Vocabulary

@testable import ModelClient

/// Models that answer, fail and bill by chance, with outages at set times.
struct SimulatedProvider {
    /// What comes of a request, and when.
    struct Outcome {
        var failure: FailureSignal?
        var cost: Cost
        /// What the provider charges in truth, whether or not anybody is told.
        var billed: USD
        var takes: Duration
    }

    /// While it lasts, every request to one of the models fails.
    struct Outage {
        var models: Set<String>
        var time: Range<Duration>
        var failure: FailureKind
        var takes: Duration
    }

    var outages: [Outage] = []
    /// Share of the requests that fail without an outage.
    var failureShare = 0.03
    var kinds = Self.usualKinds
    let dice: Dice

    init(dice: Dice) {
        self.dice = dice
    }

    func outcome(of turn: Engine.Turn, model: String, at now: Duration) -> Outcome {
        if let outage = outages.first(where: { $0.models.contains(model) && $0.time.contains(now) }) {
            let takes = min(outage.takes, turn.timeout)
            return failure(outage.failure, turn, takes: takes)
        }
        let takes = min(Duration.milliseconds(200 + Int(dice.share() * 4000)), turn.timeout)
        if dice.happens(failureShare) {
            return failure(dice.pick(kinds), turn, takes: takes)
        }
        let billed = part(of: turn)
        return Outcome(cost: .billed(billed), billed: billed, takes: takes)
    }

    static let usualKinds: [FailureKind] = [
        .rateLimited, .timeout, .unavailable, .notConnected, .malformedResponse, .poorAnswer, .poorAnswer, .refused,
        .contextTooLong, .constrained, .quotaExceeded,
    ]

    private func failure(_ kind: FailureKind, _ turn: Engine.Turn, takes: Duration) -> Outcome {
        var signal = FailureSignal(kind, "simulated")
        switch kind {
        case .poorAnswer:
            signal.correctionCost = USD(nanos: 50_000)
            let billed = part(of: turn)
            return Outcome(failure: signal, cost: .billed(billed), billed: billed, takes: takes)
        case .timeout, .malformedResponse:
            // Sent, and perhaps charged without a word about it.
            return Outcome(
                failure: signal, cost: .unknown, billed: dice.happens(0.5) ? part(of: turn) : .zero, takes: takes)
        case .rateLimited:
            if dice.happens(0.5) { signal.retryAfter = .seconds(1 + Int(dice.share() * 100)) }
        case .quotaExceeded:
            signal.retryAfter = .seconds(60)
        case .authentication:
            signal.concernsProvider = true
        default: break
        }
        return Outcome(failure: signal, cost: .none, billed: .zero, takes: takes)
    }

    private func part(of turn: Engine.Turn) -> USD {
        USD(nanos: Int64(Double(turn.worstCase?.nanos ?? 0) * dice.share()))
    }
}
