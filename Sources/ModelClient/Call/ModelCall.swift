public import Foundation
public import Vocabulary

/// One question for the models: what to ask, what the answer must look like, and how far to go for it.
public struct ModelCall: Sendable {
    public var routing: Routing
    /// A model to ask first whatever the matrix says.
    public var modelOverride: String?
    public var messages: [Message]
    public var answer: AnswerFormat
    /// What the model may call in place of answering; the reply then holds ``ModelReply/Content/toolCalls(_:)``.
    public var tools: [Tool]
    public var toolChoice: ToolChoice
    /// Largest number of tokens of an answer; always sent.
    public var maxTokens: Int
    /// 0 to 2; not sent to models that refuse it.
    public var temperature: Double?
    /// For answers that can be repeated, as far as a model keeps to it.
    public var seed: Int64?
    /// Asks for the answer piece by piece; `nil` takes it as a whole.
    public var streaming: Streaming?
    /// Who is served: a stable pseudonym, for the provider to tell abuse apart. No personal data.
    public var user: String?
    /// Sent to the provider where it takes it: at most 16 pairs, no personal data.
    public var metadata: [String: String]
    /// Neutral labels such as `shop`, `handler` and `team`: budgets, policies and reports go by them. They stay here.
    public var labels: [String: String]
    /// What the call belongs to, for example an event's id; recorded with its costs.
    public var reference: String?
    /// Makes something of an accepted answer that is to be recorded together with its cost, so that both survive a
    /// crash or neither does: see ``Settlement/note``. The second argument is the name of the model.
    public var note: (@Sendable (ModelReply.Content, String) -> Data?)?
    /// What may become of the data in the messages, beside what the configuration asks for.
    public var policy: DataPolicy
    /// 0 to 9; when requests wait in line, the highest goes first.
    public var priority: Int
    /// Longest time for the whole call, waits, retries and fallbacks included.
    public var deadline: Duration
    /// Most requests for this call, if fewer than the configuration allows.
    public var maxRequests: Int?
    /// The most that this call may cost, if bounded; a request whose worst case would pass it is not sent.
    public var spendLimit: USD?

    public init(
        routing: Routing, modelOverride: String? = nil, messages: [Message], answer: AnswerFormat = .text,
        tools: [Tool] = [], toolChoice: ToolChoice = .automatic, maxTokens: Int = 1000, temperature: Double? = 0,
        seed: Int64? = nil, streaming: Streaming? = nil, user: String? = nil, metadata: [String: String] = [:],
        labels: [String: String] = [:], reference: String? = nil, policy: DataPolicy = .open, priority: Int = 5,
        deadline: Duration = .seconds(120), maxRequests: Int? = nil, spendLimit: USD? = nil
    ) {
        self.routing = routing
        self.modelOverride = modelOverride
        self.messages = messages
        self.answer = answer
        self.tools = tools
        self.toolChoice = toolChoice
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.seed = seed
        self.streaming = streaming
        self.user = user
        self.metadata = metadata
        self.labels = labels
        self.reference = reference
        self.policy = policy
        self.priority = min(max(0, priority), 9)
        self.deadline = deadline
        self.maxRequests = maxRequests
        self.spendLimit = spendLimit
    }
}

/// What an answer must be to be accepted.
public enum AnswerFormat: Sendable {
    /// Any text that is not empty.
    case text
    /// JSON that satisfies the schema and about which `complaints` has nothing to say. `name` is at most 64 letters,
    /// digits, `_` and `-`. Complaints must not quote the answer: they are stored, and may be sent to a model.
    case json(name: String, schema: Schema, complaints: @Sendable (JSONValue) -> [String] = { _ in [] })
}
