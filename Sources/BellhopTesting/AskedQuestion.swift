public import Bellhop

/// A question that a handler asked in a test.
public struct AskedQuestion: Sendable, Hashable {
    /// The name of the answer's type, for example `Mood`.
    public let answer: String
    /// The question's name within the handler: the `step` of `context.ask`, else the same as ``answer``.
    public let step: String
    /// The instructions as the model would see them.
    public let instructions: String
    /// The data as the model would see it: JSON, with `<` written as an escape, and with markers such as `[email]` in
    /// place of what the handler ``WebhookHandler/redacts``.
    public let data: String
    /// Where the question was routed: its own routing, else the handler's.
    public let routing: Routing
    /// What may become of the data: what the handler and the question ask for together.
    public let policy: DataPolicy
    /// What was wrong with the scripted answers that were tried and refused, in order.
    public internal(set) var rejections: [String] = []

    init(_ question: Question, routing: Routing) throws {
        answer = question.name
        step = question.step
        instructions = question.instructions
        data = try question.data.rendered()
        self.routing = question.routing ?? routing
        policy = question.policy
    }
}
