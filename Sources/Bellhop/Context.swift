public import Foundation

/// What a handler can do while it handles one event.
public struct Context: Sendable {
    private let backend: any ContextBackend
    private let constants: RunConstants
    private let redactor: Redactor
    private let policy: DataPolicy

    /// - Parameters:
    ///   - constants: the same in every run for the event.
    ///   - redactor: is applied to everything that goes to the backend.
    ///   - policy: holds for every question.
    package init(
        backend: any ContextBackend, constants: RunConstants, redactor: Redactor = .none, policy: DataPolicy = .open
    ) {
        self.backend = backend
        self.constants = constants
        self.redactor = redactor
        self.policy = policy
    }

    /// The same for one event: what its handler and subscription ask for holds for every question.
    package func holding(_ redactor: Redactor, policy: DataPolicy) -> Context {
        Context(
            backend: backend, constants: constants, redactor: redactor, policy: self.policy.combined(with: policy))
    }

    /// When the handler first began this event, to the millisecond.
    ///
    /// The same in every later run for it, after a crash, a failure or by hand, so that a question or an effect with
    /// the time in it stays the same one. Only `bellhop events retry --anew` begins again.
    public var now: Date { constants.now }

    /// Random numbers that are the same in every run for this event, so that what is decided by lot stays decided.
    ///
    /// ```swift
    /// var lot = context.randomness(for: "subject line")
    /// let line = lines.randomElement(using: &lot)
    /// ```
    ///
    /// Other events and other handlers get other numbers. Never make a secret with them.
    ///
    /// - Parameter purpose: each purpose has numbers of its own; for the same one they begin anew.
    public func randomness(for purpose: String) -> RepeatableNumbers {
        constants.randomness(for: purpose)
    }

    /// Asks a model and returns an answer that satisfies the schema and the check.
    ///
    /// The routing decides which model is asked first. A call that fails and an answer that breaks the schema or the
    /// check move on to the next model of the chain.
    ///
    /// - Parameters:
    ///   - answer: the type of the answer; its schema is sent along.
    ///   - instructions: what to do, in your words alone. Never put a customer's text in here.
    ///   - data: what to judge. What the handler says it ``WebhookHandler/redacts`` is taken out before it is sent.
    ///   - routing: where to route this one question; by default as the handler declares.
    ///   - policy: what may become of this one question's data, on top of the handler's ``WebhookHandler/dataPolicy``:
    ///     both hold.
    ///   - step: the question's name within the handler, by default the name of the answer's type. A run that comes
    ///     again after a crash or a failure gets the recorded answer to the question of this name, as long as
    ///     instructions, data, schema and task are the same. Questions asked one after another may share a name;
    ///     questions asked at once need names that differ. At most 200 bytes, stored and shown: keep customers' words
    ///     out.
    ///   - check: finds what is wrong with an answer that satisfies the schema. The complaints are stored and may be
    ///     sent to a model: describe the mistake without quoting a customer.
    /// - Throws: when no model of the chain gave a good answer or may see the data, the event's spend limit, a budget
    ///   or the time is used up, or the providers ask to wait; also when another question of the same name is under
    ///   way. Let the error pass; Bellhop then waits, retries or holds the event as the case demands.
    public func ask<Answer: ModelAnswer>(
        for answer: Answer.Type = Answer.self,
        _ instructions: String,
        about data: PromptData,
        routing: Routing? = nil,
        policy: DataPolicy = .open,
        step: String? = nil,
        check: @escaping @Sendable (Answer) -> [Complaint] = { _ in [] }
    ) async throws -> Answer {
        let question = Question(
            name: String(describing: answer), step: step ?? String(describing: answer),
            instructions: redactor.redacted(instructions: instructions), data: redactor.redacted(data),
            schema: answer.schema, routing: routing, policy: self.policy.combined(with: policy),
            complaints: { [redactor] json in
                do {
                    return check(try json.decode(Answer.self)).map { complaint in
                        Complaint(stringLiteral: redactor.redacted(instructions: complaint.description))
                    }
                } catch {
                    return ["the answer does not decode as the type asked for"]
                }
            })
        return try await backend.answer(question).decode(Answer.self)
    }
}

/// What is wrong with an answer that is well-formed, for example "names an order that is not in the event".
public struct Complaint: Sendable, Hashable, Codable, ExpressibleByStringInterpolation, CustomStringConvertible {
    public let description: String

    public init(stringLiteral value: String) {
        description = value
    }
}

/// One question as it leaves the handler: personal data is taken out of it as far as the handler asks for that.
package struct Question: Sendable {
    /// The name of the answer's type; models get it as the name of the schema.
    package let name: String
    /// The name that it is journaled under.
    package let step: String
    package let instructions: String
    package let data: PromptData
    package let schema: Schema
    package let routing: Routing?
    /// What handler, subscription and question ask for together.
    package let policy: DataPolicy
    /// What the handler finds wrong with an answer that satisfies the schema.
    package let complaints: @Sendable (JSONValue) -> [Complaint]
}

/// Answers a handler's questions: the worker does so with models, a test with a script.
package protocol ContextBackend: Sendable {
    /// - Returns: an answer that satisfies the question's schema and about which it has no complaints.
    func answer(_ question: Question) async throws -> JSONValue
}
