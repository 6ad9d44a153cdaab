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
    private let premium: Model?
    private let now: @Sendable () -> Date
    private let startedAt: Date
    private let turn = ConcurrencyGate(width: 1)
    private let tally = Mutex(EventTally())

    init(
        client: FallbackClient, claim: Claim, handler: RegisteredHandler, bounds: EventBounds,
        now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.claim = claim
        self.handler = handler
        self.bounds = bounds
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
        let call = try modelCall(for: question)
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
            throw QuestionError(error)
        }
    }

    private func modelCall(for question: Question) throws -> ModelCall {
        let used = tally.withLock { $0 }
        guard used.requests < bounds.maxRequests else {
            throw QuestionError.needsPerson(reason: "the event used up its \(bounds.maxRequests) model requests")
        }
        let left = timeLeft
        guard left > .zero else { throw QuestionError.outOfTime }
        let routing = question.routing ?? handler.routing
        return ModelCall(
            routing: routing,
            // A question with a routing of its own is not what the subscription's override is about.
            modelOverride: question.routing == nil ? handler.modelOverride : nil,
            messages: try PromptComposer.messages(for: question),
            answer: .json(
                name: question.name, schema: question.schema,
                complaints: { json in question.complaints(json).map(\.description) }),
            maxTokens: bounds.maxTokens,
            metadata: ["event_id": claim.deliveryID, "task": routing.task.rawValue, "handler": handler.id],
            labels: ["event_id": claim.deliveryID, "task": routing.task.rawValue, "handler": handler.id],
            deadline: min(left, bounds.questionDeadline),
            spendLimit: used.remaining(of: handler.spendLimit))
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

extension QuestionError {
    init(_ error: ModelClientError) {
        switch error.code {
        case .mustWait: self = .wait(error.retryAfter ?? .seconds(60), reason: error.message)
        case .overBudget, .unrecorded: self = .wait(error.retryAfter ?? .seconds(60), reason: error.message)
        case .stopped, .noModelAllowed: self = .needsPerson(reason: error.message)
        case .chainExhausted, .deadlineExceeded:
            let kinds = error.attempts.compactMap { $0.failure?.kind }
            let isOutage = kinds.allSatisfy(\.isOutage)
            let isTooDear = error.skipped.contains { $0.reason == .overSpendLimit || $0.reason == .unpriced }
            if isTooDear, !isOutage || kinds.isEmpty {
                self = .needsPerson(reason: "the handler's spend limit leaves no model to ask; \(error.message)")
            } else {
                self = isOutage ? .outage(reason: error.message) : .noAnswer(reason: error.message)
            }
        }
    }
}

extension FailureKind {
    /// Whether it says nothing against the question, so that time, or a new key, can mend it.
    fileprivate var isOutage: Bool {
        switch self {
        case .rateLimited, .quotaExceeded, .notConnected, .timeout, .unavailable, .authentication: true
        case .invalidRequest, .contextTooLong, .unknownModel, .constrained, .refused, .malformedResponse, .poorAnswer:
            false
        }
    }
}
