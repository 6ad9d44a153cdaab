import Bellhop
import Foundation
import InboxCore
import ModelClient
import Synchronization

/// Answers the questions of one event from its journal or with models, and keeps count of what they take.
///
/// Questions of one event are asked one after another, so that its limits hold whatever the handler does at once.
final class ModelBackend: ContextBackend {
    private let client: FallbackClient
    private let claim: Claim
    private let handler: RegisteredHandler
    private let bounds: EventBounds
    private let kind: RunKind
    private let user: String?
    private let premium: Model?
    private let now: @Sendable () -> Date
    private let startedAt: Date
    private let journal: Journal
    private let names = Mutex(StepNames())
    private let turn = ConcurrencyGate(width: 1)
    private let book: Mutex<Book>

    private struct Book {
        var tally: EventTally
        /// Whether the run is over, for whoever asks on.
        var isClosed = false
    }

    /// A question with its place in the run.
    private struct Asked {
        var question: Question
        var place: Journal.Place
        var digest: Data
        /// How it met the journal, if it did.
        var use: CallRecord.JournalUse?
    }

    /// - Parameter user: the shop under a name that only we can tell it by.
    init(
        client: FallbackClient, claim: Claim, handler: RegisteredHandler, bounds: EventBounds, kind: RunKind = .live,
        user: String?, now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.claim = claim
        self.handler = handler
        self.bounds = bounds
        self.kind = kind
        self.user = user
        self.premium = client.configuration.premiumModel.flatMap(client.configuration.model(named:))
        self.now = now
        journal = Journal(kind == .rehearsal ? [] : claim.steps)
        startedAt = now()
        book = Mutex(Book(tally: EventTally(spent: kind == .live ? claim.charged : .zero)))
    }

    /// Ends the run: nothing is answered any more, should the handler go on.
    ///
    /// - Returns: what the questions have used.
    func close() -> EventTally {
        book.withLock { book in
            book.isClosed = true
            return book.tally
        }
    }

    /// What the questions have used so far.
    ///
    /// - Throws: `CancellationError` when the run is over.
    private func used() throws -> EventTally {
        try book.withLock { book in
            guard !book.isClosed else { throw CancellationError() }
            return book.tally
        }
    }

    func answer(_ question: Question) async throws -> JSONValue {
        _ = try used()
        let occurrence = try names.withLock { try $0.begin(question.step) }
        defer { names.withLock { $0.end(question.step) } }
        var asked = Asked(
            question: question, place: Journal.Place(name: question.step, occurrence: occurrence),
            digest: try question.digest(routedBy: handler.routing))
        switch journal.finding(for: question, at: asked.place, digest: asked.digest) {
        case .recorded(let step):
            record(asked, use: .recorded, model: step.model)
            return step.answer
        case .unusable(let use): asked.use = use
        case .nothing: break
        }
        guard kind != .recorded else { throw notRecorded(asked) }
        return try await askInTurn(asked)
    }

    private func notRecorded(_ asked: Asked) -> QuestionError {
        let use = asked.use ?? .missing
        record(asked, use: use, model: nil)
        return .needsPerson(.notRecorded, reason: "the question \(asked.question.step) \(use.words)")
    }

    private func askInTurn(_ asked: Asked) async throws -> JSONValue {
        let isMyTurn = try await turn.enter(within: timeLeft) { try await Task.sleep(for: $0) }
        guard isMyTurn else { throw QuestionError.outOfTime }
        defer { turn.leave() }
        return try await ask(asked)
    }

    /// For questions.
    private var timeLeft: Duration {
        bounds.timeForQuestions - .seconds(now().timeIntervalSince(startedAt))
    }

    private func ask(_ asked: Asked) async throws -> JSONValue {
        var call = try ModelCall(
            asking: asked.question, of: handler, about: claim, user: user, within: try allowance(),
            isRehearsal: kind == .rehearsal)
        if kind == .live { call.note = note(of: asked) }
        let began = now()
        let attempts = Mutex<[Attempt]>([])
        do {
            let reply = try await client.answer(call) { attempt in attempts.withLock { $0.append(attempt) } }
            record(asked, call, attempts: reply.attempts, accepted: reply, began: began)
            guard case .json(let answer) = reply.content else {
                throw QuestionError.noAnswer(reason: "the answer is not JSON")
            }
            return answer
        } catch let error as ModelClientError {
            record(asked, call, attempts: error.attempts, accepted: nil, began: began)
            throw QuestionError(error, policy: client.configuration.policies.policy(for: call))
        } catch let cancellation as CancellationError {
            let attempts = attempts.withLock { $0 }
            if !attempts.isEmpty { record(asked, call, attempts: attempts, accepted: nil, began: began) }
            throw cancellation
        }
    }

    /// Makes the step of an accepted answer, to be journaled with its cost.
    private func note(of asked: Asked) -> @Sendable (ModelReply.Content, String) -> Data? {
        { [claim, now] content, model in
            guard case .json(let answer) = content else { return nil }
            let step = JournaledStep(
                name: asked.place.name, occurrence: asked.place.occurrence, digest: asked.digest, answer: answer,
                model: model, at: now())
            return try? JournalNote(step, of: claim).encoded()
        }
    }

    /// What is left for the next question.
    private func allowance() throws -> EventAllowance {
        let used = try used()
        let requests = bounds.maxRequests - used.requests
        guard requests > 0 else {
            throw QuestionError.needsPerson(
                .requestLimit, reason: "the event used up its \(bounds.maxRequests) model requests")
        }
        let left = timeLeft
        guard left > .zero else { throw QuestionError.outOfTime }
        return EventAllowance(
            requests: requests, money: used.remaining(of: handler.spendLimit), time: min(left, bounds.questionDeadline),
            maxTokens: bounds.maxTokens)
    }

    private func record(
        _ asked: Asked, _ call: ModelCall, attempts: [Attempt], accepted: ModelReply?, began: Date
    ) {
        let record = CallRecord(
            step: asked.question.step, routing: call.routing, attempts: attempts, accepted: accepted, premium: premium,
            journal: asked.use, startedAt: began, finishedAt: now())
        book.withLock { $0.tally.add(record, charged: attempts.map(\.charged).total()) }
    }

    /// Records a question for which nobody was asked.
    private func record(_ asked: Asked, use: CallRecord.JournalUse, model: String?) {
        let record = CallRecord(
            step: asked.question.step, routing: asked.question.routing ?? handler.routing, journal: use, model: model,
            at: now())
        book.withLock { $0.tally.add(record, charged: .zero) }
    }
}
