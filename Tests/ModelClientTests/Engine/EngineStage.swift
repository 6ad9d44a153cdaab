import Foundation
import Vocabulary

@testable import ModelClient

/// An engine with a clock that stands still, whose calls and conclusions a test plays by hand.
struct EngineStage {
    var engine: Engine
    var uptime = Duration.zero
    private var lastID: UInt64 = 0

    static let start = Date(timeIntervalSince1970: 1_795_521_600)

    init(_ adjust: (inout ModelClientConfiguration) -> Void = { _ in }) {
        var configuration = ModelClientConfiguration.sample()
        adjust(&configuration)
        engine = Engine(
            Engine.Rules(configuration), at: Moment(uptime: .zero, date: Self.start), chance: { 1 })
    }

    /// Offers a call for these models and gives its id with what the engine does.
    mutating func offer(
        _ models: [String] = ["a", "b"], priority: Int = 5, deadline: Duration = .seconds(60),
        labels: [String: String] = [:], worstCase: USD? = .cents(1), tokens: Int = 100, spendLimit: USD? = nil,
        task: TaskType = .classification, emergency: [String] = []
    ) -> (id: CallID, actions: [String]) {
        lastID += 1
        let id = CallID(number: lastID)
        let hops = (models + emergency).enumerated().map { index, model in
            Engine.Offer.Hop(
                target: index, model: model, provider: model == "d" ? "two" : "one", worstCase: worstCase,
                tokens: tokens, timeout: .seconds(30))
        }
        return (
            id,
            step(
                .offered(
                    id,
                    Engine.Offer(
                        hops: Array(hops.prefix(models.count)), emergencyHops: Array(hops.dropFirst(models.count)),
                        task: task, labels: labels, priority: priority, deadline: deadline, maxRequests: 8,
                        spendLimit: spendLimit)))
        )
    }

    mutating func succeed(_ id: CallID, cost: Cost = .billed(.cents(1)), tokens: Int? = nil) -> [String] {
        step(.concluded(id, Engine.Conclusion(cost: cost, tokens: tokens)))
    }

    mutating func fail(
        _ id: CallID, _ kind: FailureKind, cost: Cost = .none, retryAfter: Duration? = nil,
        concernsProvider: Bool = false, correction: USD? = nil
    ) -> [String] {
        var signal = FailureSignal(kind, "test")
        signal.retryAfter = retryAfter
        signal.concernsProvider = concernsProvider
        signal.correctionCost = correction
        return step(.concluded(id, Engine.Conclusion(failure: signal, cost: cost)))
    }

    /// What the engine does, one short line for each action: `ask 1 0 first`, `finish 2 mustWait(60 s) resting`.
    mutating func step(_ input: Engine.Input) -> [String] {
        engine.step(input, at: Moment(uptime: uptime, date: Self.start + uptime / .seconds(1))).map { action in
            switch action {
            case .ask(let id, let turn): "ask \(id.number) \(turn.target) \(turn.occasion)"
            case .finish(let id, let finish): "finish \(id.number) \(Self.words(finish))"
            case .alert(let alert): "alert \(alert)"
            case .refreshPrices(let provider): "refresh \(provider)"
            }
        }
    }

    /// Lets time pass up to the moment that the engine wants to be woken.
    mutating func wake() -> [String] {
        guard let wake = engine.nextWake() else { return ["nothing to wake for"] }
        uptime = max(uptime, wake)
        return step(.ticked)
    }

    private static func words(_ finish: Engine.Finish) -> String {
        let ending =
            switch finish.ending {
            case .cancelled: "cancelled"
            case .unrecorded: "unrecorded"
            case .gaveUp(.exhausted): "exhausted"
            case .gaveUp(.deadline): "deadline"
            case .gaveUp(.mustWait(let wait)): "mustWait \(Int(wait / .seconds(1)))"
            case .gaveUp(.overBudget(let wait)): "overBudget \(Int(wait / .seconds(1)))"
            case .gaveUp(.stopped(let signal)): "stopped \(signal.kind.rawValue)"
            }
        return ([ending] + finish.skipped.map { "\($0.model):\($0.reason.rawValue)" }).joined(separator: " ")
    }
}
