/// A server that speaks the chat-completions protocol.
public struct Provider: Sendable {
    /// What the configuration calls it.
    public var name: String
    /// For example `https://openrouter.ai/api/v1`; `/chat/completions` is appended.
    public var baseURL: String
    /// The key sent as `Authorization: Bearer …`, if any.
    public var apiKey: Secret?
    public var dialect: Dialect
    /// Extra headers, for example `HTTP-Referer` and `X-OpenRouter-Title`.
    public var headers: [String: String]
    public var rateLimits: RateLimits
    /// What it does with prompts.
    public var dataHandling: DataHandling

    /// Which request fields a server accepts. OpenAI answers 400 to any field it does not know.
    public enum Dialect: String, Sendable, Hashable, CaseIterable {
        case openRouter = "openrouter"
        case openAI = "openai"
        case ollama
        case vLLM = "vllm"
        case llamaCpp = "llamacpp"
        case liteLLM = "litellm"
        /// Any other server that takes the common fields.
        case compatible

        /// Whether the servers that speak it refuse questions without a key.
        package var needsKey: Bool {
            self == .openRouter || self == .openAI
        }
    }

    /// Whether it would refuse every question for want of a key.
    package var lacksKey: Bool {
        apiKey == nil && dialect.needsKey
    }

    public init(
        name: String, baseURL: String, apiKey: Secret? = nil, dialect: Dialect = .compatible,
        headers: [String: String] = [:], rateLimits: RateLimits = .none, dataHandling: DataHandling = .unknown
    ) {
        self.name = name
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.dialect = dialect
        self.headers = headers
        self.rateLimits = rateLimits
        self.dataHandling = dataHandling
    }
}

/// A text that must not be printed: descriptions and reflections of it show dots.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, for the one place that sends it.
    public let value: String

    public init(_ value: String) {
        self.value = value
    }

    public var description: String { "••••" }
    public var debugDescription: String { "••••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
