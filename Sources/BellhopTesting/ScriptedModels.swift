public import Bellhop
import Synchronization

/// Stands in for the models in a handler's test.
///
/// It holds each scripted answer against the schema and against the handler's own check, as the real thing does: an
/// answer that fails is passed over for the next one scripted for that question. A question that nobody scripted is
/// a mistake and throws.
///
/// ```swift
/// import Bellhop
/// import BellhopTesting
/// import Testing
///
/// @Test func `greets an order that is in a hurry`() async throws {
///     let sample = Sample(topic: "orders/create", json: #"{"id": 1047, "note": "I need it by Friday!"}"#)
///     let models = ScriptedModels(.json("Mood", ["urgency": "high"]))
///
///     let effects = try await run(OrderGreeter(settings: NoSettings()), on: sample.event(), with: models)
///
///     #expect(effects == [.tag(.order(1047), ["urgency:high"])])
///     #expect(models.questions.map(\.answer) == ["Mood"])
///     #expect(models.questions[0].data.contains("by Friday"))
/// }
/// ```
public final class ScriptedModels: Sendable {
    private struct State {
        var script: [ScriptedAnswer]
        var questions: [AskedQuestion] = []

        func replies(to answer: String) -> [JSONValue] {
            script.filter { $0.answer == answer }.map(\.reply)
        }

        mutating func strikeReply(to answer: String) {
            script.firstIndex { $0.answer == answer }.map { _ = script.remove(at: $0) }
        }
    }

    private let state: Mutex<State>
    private let improvise: (@Sendable (AskedQuestion) -> [JSONValue])?

    /// Models that give these answers, each once; answers to the same question are tried in the order written.
    public init(_ script: ScriptedAnswer...) {
        state = Mutex(State(script: script))
        improvise = nil
    }

    /// Models that look at each question; of the replies returned the first good one is taken.
    public init(replies: @escaping @Sendable (AskedQuestion) -> [JSONValue]) {
        state = Mutex(State(script: []))
        improvise = replies
    }

    /// Every question asked so far, in order, also those that got no good answer.
    public var questions: [AskedQuestion] {
        state.withLock { $0.questions }
    }

    /// The scripted answers that nobody asked for yet.
    public var unused: [ScriptedAnswer] {
        state.withLock { $0.script }
    }

    func answer(_ question: Question, routing: Routing) throws -> JSONValue {
        var asked = try AskedQuestion(question, routing: routing)
        let improvised = improvise?(asked)
        return try state.withLock { state in
            defer { state.questions.append(asked) }
            for reply in improvised ?? state.replies(to: asked.answer) {
                state.strikeReply(to: asked.answer)
                guard let rejection = question.rejection(of: reply) else { return reply }
                asked.rejections.append(rejection)
            }
            throw asked.rejections.isEmpty
                ? ScriptError.unexpectedQuestion(asked.answer)
                : ScriptError.noGoodAnswer(to: asked.answer, asked.rejections)
        }
    }
}

extension Question {
    /// Why the reply would be refused, or `nil` for a good one.
    fileprivate func rejection(of reply: JSONValue) -> String? {
        let violations = schema.violations(in: reply).map(\.description)
        let problems = violations.isEmpty ? complaints(reply).map(\.description) : violations
        return problems.isEmpty ? nil : problems.joined(separator: "; ")
    }
}
