public import Vocabulary

/// One question for the models: what to ask, what the answer must look like, and how far to go for it.
public struct ModelCall: Sendable {
    public var routing: Routing
    /// A model to ask first whatever the matrix says.
    public var modelOverride: String?
    public var messages: [Message]
    public var answer: AnswerFormat
    /// Largest number of tokens of an answer; always sent.
    public var maxTokens: Int
    /// 0 to 2; not sent to models that refuse it.
    public var temperature: Double?
    /// Neutral labels that go with the call as `metadata` where the provider takes it: at most 16, no personal data.
    public var labels: [String: String]
    /// Longest time for the whole call, waits, retries and fallbacks included.
    public var deadline: Duration
    /// The most that this call may cost, if bounded; a request whose worst case would pass it is not sent.
    public var spendLimit: USD?

    public struct Message: Sendable, Hashable, Codable {
        public enum Role: String, Sendable, Hashable, Codable {
            case system, user, assistant
        }

        public var role: Role
        public var content: String

        public init(_ role: Role, _ content: String) {
            self.role = role
            self.content = content
        }
    }

    public init(
        routing: Routing, modelOverride: String? = nil, messages: [Message], answer: AnswerFormat = .text,
        maxTokens: Int = 1000, temperature: Double? = 0, labels: [String: String] = [:],
        deadline: Duration = .seconds(120), spendLimit: USD? = nil
    ) {
        self.routing = routing
        self.modelOverride = modelOverride
        self.messages = messages
        self.answer = answer
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.labels = labels
        self.deadline = deadline
        self.spendLimit = spendLimit
    }
}

/// What an answer must be to be accepted.
public enum AnswerFormat: Sendable {
    /// Any text that is not empty.
    case text
    /// JSON that satisfies the schema and about which `complaints` has nothing to say. `name` is at most 64 letters,
    /// digits, `_` and `-`. Complaints must not quote the answer: they are stored.
    case json(name: String, schema: Schema, complaints: @Sendable (JSONValue) -> [String] = { _ in [] })
}
