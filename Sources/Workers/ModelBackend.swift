import Bellhop
import Foundation
import InboxCore
import ModelClient
import Synchronization

/// Answers the questions of one event with models and keeps count of what they take.
///
/// Questions of one event are asked one after another, so that its limits hold whatever the handler does at once.
final class ModelBackend: ContextBackend {
    private let client: FallbackClient
    private let claim: Claim
    private let handler: RegisteredHandler
    private let bounds: EventBounds
    private let user: String?
    private let premium: Model?
    private let now: @Sendable () -> Date
    private let startedAt: Date
    private let turn = ConcurrencyGate(width: 1)
    private let tally = Mutex(EventTally())

    /// - Parameter user: the shop under a name that only we can tell it by.
    init(
        client: FallbackClient, claim: Claim, handler: RegisteredHandler, bounds: EventBounds, user: String?,
        now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.claim = claim
        self.handler = handler
        self.bounds = bounds
        self.user = user
        self.premium = client.configuration.premiumModel.flatMap(client.configuration.model(named:))
        self.now = now
        startedAt = now()
    }

    /// The calls made so far, in order.
    var calls: [CallRecord] {
        tally.withLock { $0.calls }
    }

    /// Whether nothing was paid so far, for certain.
    var isFree: Bool {
        calls.allSatisfy { $0.cost == .zero && $0.unknownCosts == 0 }
    }

    func answer(_ question: Question) async throws -> JSONValue {
        let isMyTurn = try await turn.enter(within: timeLeft) { try await Task.sleep(for: $0) }
        guard isMyTurn else { throw QuestionError.outOfTime }
        defer { turn.leave() }
        return try await ask(question)
    }

    /// Of the event's deadline.
    private var timeLeft: Duration {
        bounds.deadline - .seconds(now().timeIntervalSince(startedAt))
    }

    private func ask(_ question: Question) async throws -> JSONValue {
        let call = try ModelCall(
            asking: question, of: handler, about: claim, user: user, within: try allowance())
        let began = now()
        do {
            let reply = try await client.answer(call)
            record(question, call, attempts: reply.attempts, accepted: reply, began: began)
            guard case .json(let answer) = reply.content else {
                throw QuestionError.noAnswer(reason: "the answer is not JSON")
            }
            return answer
        } catch let error as ModelClientError {
            record(question, call, attempts: error.attempts, accepted: nil, began: began)
            throw QuestionError(error, policy: client.configuration.policies.policy(for: call))
        }
    }

    /// What is left for the next question.
    private func allowance() throws -> EventAllowance {
        let used = tally.withLock { $0 }
        let requests = bounds.maxRequests - used.requests
        guard requests > 0 else {
            throw QuestionError.needsPerson(reason: "the event used up its \(bounds.maxRequests) model requests")
        }
        let left = timeLeft
        guard left > .zero else { throw QuestionError.outOfTime }
        return EventAllowance(
            requests: requests, money: used.remaining(of: handler.spendLimit), time: min(left, bounds.questionDeadline),
            maxTokens: bounds.maxTokens)
    }

    private func record(
        _ question: Question, _ call: ModelCall, attempts: [Attempt], accepted: ModelReply?, began: Date
    ) {
        let record = CallRecord(
            step: question.name, routing: call.routing, attempts: attempts, accepted: accepted, premium: premium,
            startedAt: began, finishedAt: now())
        tally.withLock { $0.add(record, charged: attempts.map(\.charged).total()) }
    }
}
