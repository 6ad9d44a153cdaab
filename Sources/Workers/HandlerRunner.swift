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
    private let pseudonym: @Sendable (Shop) -> String?
    private let now: @Sendable () -> Date
    private let jitter: @Sendable () -> Double

    /// - Parameters:
    ///   - pseudonym: a stable name for a shop that gives nothing of it away. Model providers get it.
    ///   - jitter: a random number in 0..<1 for each call.
    package init(
        handlers: HandlerTable, client: FallbackClient, policy: RetryPolicy = RetryPolicy(),
        bounds: EventBounds = EventBounds(), pseudonym: @escaping @Sendable (Shop) -> String? = { _ in nil },
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.handlers = handlers
        self.client = client
        self.policy = policy
        self.bounds = bounds
        self.pseudonym = pseudonym
        self.now = now
        self.jitter = jitter
    }

    /// Runs the handler to its end.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before a model was asked; the job should then be given
    ///   back.
    package func run(_ claim: Claim) async throws -> JobResult {
        let startedAt = now()
        guard let handler = handlers.handler(claim.handlerID, for: claim.delivery.topic) else {
            let reason = "no handler \(claim.handlerID) is bound to this topic; add it to webhooks/ and retry the event"
            return JobResult(outcome: .held(reason: reason), calls: [], startedAt: startedAt, finishedAt: now())
        }
        let backend = ModelBackend(
            client: client, claim: claim, handler: handler, bounds: bounds, user: pseudonym(claim.delivery.shop),
            now: now)
        let outcome: JobResult.Outcome
        do {
            outcome = .done(effects: try await handler.effects(of: claim, in: Context(backend: backend)))
        } catch {
            if !Task.isCancelled {
                outcome = verdict(on: error, of: claim, isFree: backend.isFree)
            } else if backend.calls.isEmpty {
                throw CancellationError()
            } else {
                // What was asked of models belongs into the books, though the job goes back.
                outcome = .wait(until: now(), reason: "the work on it was cut short and begins again by itself")
            }
        }
        return JobResult(outcome: outcome, calls: backend.calls, startedAt: startedAt, finishedAt: now())
    }

    /// What becomes of a job whose handler threw. Reasons hold no values from outside.
    ///
    /// - Parameter isFree: whether the attempt cost nothing.
    private func verdict(on error: any Error, of claim: Claim, isFree: Bool) -> JobResult.Outcome {
        switch error {
        case let error as UndecodableBody:
            .held(reason: "the body is not what the handler reads, at \(error.place)")
        case let error as UndeclaredEffect:
            .held(reason: "the handler wants an effect of kind \(error.kind.rawValue) that it does not declare")
        case HandlerError.hold(let reason):
            .held(reason: reason)
        case HandlerError.retry(let pause, let reason):
            again(claim, after: pause, reason: reason)
        case QuestionError.wait(let pause, let reason):
            later(claim, after: pause, isFree: isFree, reason: reason)
        case QuestionError.outage(let reason):
            later(claim, after: nil, isFree: isFree, reason: reason)
        case QuestionError.needsPerson(let reason):
            .held(reason: reason)
        case QuestionError.noAnswer(let reason):
            again(claim, reason: reason)
        default:
            // The text of an unknown error may quote a customer: its type must do.
            again(claim, reason: "the handler threw \(type(of: error))")
        }
    }

    /// Puts off a job that nothing is wrong with. While that costs nothing it may go on for as long as it takes; an
    /// attempt that was or may have been paid for counts as one, since the next pays again.
    private func later(
        _ claim: Claim, after pause: Duration?, isFree: Bool, reason: String
    ) -> JobResult.Outcome {
        guard isFree else {
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
