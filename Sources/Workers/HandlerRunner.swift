package import Bellhop
package import Foundation
package import InboxCore
package import ModelClient

/// Runs the handler of one claimed job and says how it ended. It changes nothing by itself.
package struct HandlerRunner: Sendable {
    private let handlers: HandlerTable
    private let client: FallbackClient
    private let policy: RetryPolicy
    private let bounds: EventBounds
    /// When a handler is left alone because its failures are not its events' own.
    let pauses: PauseRules
    private let pseudonym: @Sendable (Shop) -> String?
    private let guards: EventGuards
    private let builtIns: BuiltIns
    private let now: @Sendable () -> Date
    private let jitter: @Sendable () -> Double

    /// Handlers that are no plugins, by their ids. One that throws gives the job back.
    package typealias BuiltIns = [String: @Sendable (Claim) async throws(CancellationError) -> JobResult.Outcome]

    /// - Parameters:
    ///   - pseudonym: a stable name for a shop that gives nothing of it away. Model providers get it.
    ///   - guards: looks for echoes and loops.
    ///   - jitter: a random number in 0..<1 for each call.
    package init(
        handlers: HandlerTable, client: FallbackClient, policy: RetryPolicy = RetryPolicy(),
        bounds: EventBounds = EventBounds(), pauses: PauseRules = PauseRules(),
        pseudonym: @escaping @Sendable (Shop) -> String? = { _ in nil }, guards: EventGuards = EventGuards(),
        builtIns: BuiltIns = [:],
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.handlers = handlers
        self.client = client
        self.policy = policy
        self.bounds = bounds
        self.pauses = pauses
        self.pseudonym = pseudonym
        self.guards = guards
        self.builtIns = builtIns
        self.now = now
        self.jitter = jitter
    }

    /// The handlers that are bound to a topic.
    var handlerIDs: Set<String> { handlers.ids }

    /// How a run ended.
    struct Ending: Sendable {
        var result: JobResult
        /// What went wrong, if something did.
        var failure: HandlerFailure?
    }

    /// Runs the handler to its end, which comes after the event's deadline and a grace at the latest.
    ///
    /// - Throws: when the task is cancelled before a model was asked; the job should then be given back.
    package func run(_ claim: Claim, as kind: RunKind = .live) async throws(CancellationError) -> JobResult {
        try await ending(of: claim, as: kind).result
    }

    /// The same with what went wrong.
    func ending(of claim: Claim, as kind: RunKind = .live) async throws(CancellationError) -> Ending {
        let startedAt = now()
        if let builtIn = builtIns[claim.handlerID] {
            // What it does cannot be rehearsed.
            let outcome =
                kind == .live ? try await builtIn(claim) : .skipped(reason: "Bellhop's own work is not rehearsed")
            return Ending(result: result(outcome, startedAt: startedAt))
        }
        guard let handler = handlers.handler(claim.handlerID, for: claim.delivery.topic) else {
            return ending(.unbound(claim), of: claim, used: EventTally(), startedAt: startedAt)
        }
        // Who rehearses wants to see what the handler would do.
        if kind == .live, let outcome = await verdictWithoutRunning(handler, on: claim, at: startedAt) {
            return Ending(result: result(outcome, startedAt: startedAt))
        }
        let ending = try await ending(ofRunning: handler, on: claim, as: kind, startedAt: startedAt)
        if kind == .live, case .done(let effects) = ending.result.outcome {
            guards.note(effects, of: claim, by: handler, at: now())
        }
        return ending
    }

    /// - Returns: what becomes of the event without its handler; `nil` when that has to run.
    private func verdictWithoutRunning(
        _ handler: RegisteredHandler, on claim: Claim, at moment: Date
    ) async -> JobResult.Outcome? {
        if claim.isStale, handler.terms.skipsStale {
            return .skipped(reason: "a newer version of the same resource was received before")
        }
        return await guards.ruling(on: claim, for: handler, at: moment)
    }

    private func ending(
        ofRunning handler: RegisteredHandler, on claim: Claim, as kind: RunKind, startedAt: Date
    ) async throws(CancellationError) -> Ending {
        let backend = ModelBackend(
            client: client, claim: claim, handler: handler, bounds: bounds, kind: kind,
            user: pseudonym(claim.delivery.shop), now: now)
        let constants = RunConstants(
            now: claim.beganAt ?? startedAt, eventID: claim.deliveryID, handlerID: claim.handlerID)
        let context = Context(backend: backend, constants: constants)
        let run = await TimeLimit(limit: bounds.deadline, grace: bounds.grace).run {
            try await handler.effects(of: claim, in: context)
        }
        let used = backend.close()
        switch run {
        case .ended(.success(let effects)):
            return Ending(result: result(.done(effects: effects), calls: used.calls, startedAt: startedAt))
        case .ended(.failure(let error)):
            let step = used.calls.last { $0.model == nil }?.step
            return ending(HandlerFailure(error, step: step), of: claim, used: used, startedAt: startedAt)
        // What a handler comes to that was cut short may rest on an answer that it did not get.
        case .cut(.time, _):
            return ending(.overran, of: claim, used: used, startedAt: startedAt)
        case .cut(.caller, _):
            guard used.requests > 0 else { throw CancellationError() }
            // What was asked of models belongs into the books, though the job goes back.
            let outcome = JobResult.Outcome.wait(
                until: now(), reason: "the work on it was cut short and begins again by itself")
            return Ending(result: result(outcome, calls: used.calls, startedAt: startedAt))
        }
    }

    private func result(
        _ outcome: JobResult.Outcome, calls: [CallRecord] = [], startedAt: Date
    ) -> JobResult {
        JobResult(outcome: outcome, calls: calls, startedAt: startedAt, finishedAt: now())
    }

    private func ending(
        _ failure: HandlerFailure, of claim: Claim, used: EventTally, startedAt: Date
    ) -> Ending {
        let outcome = outcome(of: failure, claim, isCheapToRepeat: used.isCheapToRepeat)
        var result = result(outcome, calls: used.calls, startedAt: startedAt)
        if case .wait = outcome {} else { result.fingerprint = failure.fingerprint(for: claim.handlerID) }
        return Ending(result: result, failure: failure)
    }

    private func outcome(of failure: HandlerFailure, _ claim: Claim, isCheapToRepeat: Bool) -> JobResult.Outcome {
        switch failure.remedy {
        case .person: .held(reason: failure.reason)
        case .again(let pause): again(claim, after: pause, reason: failure.reason)
        case .later(let pause): later(claim, after: pause, isCheapToRepeat: isCheapToRepeat, reason: failure.reason)
        }
    }

    /// Puts off a job that nothing is wrong with. While coming again costs nothing twice, it may go on for as long as
    /// it takes: what was answered is in the journal. An attempt with requests that were or may have been paid for and
    /// brought no answer counts as one, since the next pays for them again.
    private func later(
        _ claim: Claim, after pause: Duration?, isCheapToRepeat: Bool, reason: String
    ) -> JobResult.Outcome {
        guard isCheapToRepeat else {
            let longer = OutagePause.counted(attempt: claim.attempt, jitter: jitter())
            return again(claim, after: max(pause ?? .zero, longer), reason: reason)
        }
        let age = Duration.seconds(now().timeIntervalSince(claim.delivery.receivedAt))
        let pause = pause ?? OutagePause.free(age: age, jitter: jitter())
        return .wait(until: now() + max(pause, .seconds(1)).timeInterval, reason: reason)
    }

    private func again(_ claim: Claim, after pause: Duration? = nil, reason: String) -> JobResult.Outcome {
        guard let delay = policy.delay(afterFailed: claim.attempt, jitter: jitter()) else {
            return .dead(reason: "failed \(claim.attempt) times; at last: \(reason)")
        }
        return .retry(at: now() + (pause ?? delay).timeInterval, reason: reason)
    }
}
