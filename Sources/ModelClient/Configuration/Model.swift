public import Vocabulary

/// A model, where it is served, what it costs and what comes after it when it fails.
public struct Model: Sendable {
    /// What the configuration calls it, usually the provider's id.
    public var name: String
    /// The name of a ``Provider``.
    public var provider: String
    /// The id sent to the provider.
    public var id: String
    /// List price of a prompt token; `nil` when not known.
    public var promptPrice: TokenPrice?
    /// List price of a completion token; `nil` when not known.
    public var completionPrice: TokenPrice?
    /// Price of a prompt token that was read from the provider's cache; `nil` counts it as any other.
    public var cachedPromptPrice: TokenPrice?
    /// What each request costs beside its tokens.
    public var requestPrice: USD
    /// The names of the models to try next, in order.
    public var fallbacks: [String]
    /// Fields this model refuses; they are not sent.
    public var refuses: Set<Field>
    /// Whether it takes a JSON schema as `response_format`. Without, the schema goes into the prompt.
    public var structuredOutput: Bool
    /// `none`, `minimal`, `low`, `medium` or `high`; sent only when set.
    public var reasoningEffort: String?
    /// Longest time for one answer; `nil` takes the client's limit.
    public var timeout: Duration?
    public var rateLimits: RateLimits
    /// What its server does with prompts, if it differs from the provider's other models.
    public var dataHandling: DataHandling?

    public enum Field: String, Sendable, Hashable, CaseIterable {
        case temperature
        case responseFormat = "response_format"
        case reasoning
        case seed
        case tools
    }

    public init(
        name: String, provider: String, id: String? = nil, promptPrice: TokenPrice? = nil,
        completionPrice: TokenPrice? = nil, cachedPromptPrice: TokenPrice? = nil, requestPrice: USD = .zero,
        fallbacks: [String] = [], refuses: Set<Field> = [], structuredOutput: Bool = true,
        reasoningEffort: String? = nil, timeout: Duration? = nil, rateLimits: RateLimits = .none,
        dataHandling: DataHandling? = nil
    ) {
        self.name = name
        self.provider = provider
        self.id = id ?? name
        self.promptPrice = promptPrice
        self.completionPrice = completionPrice
        self.cachedPromptPrice = cachedPromptPrice
        self.requestPrice = requestPrice
        self.fallbacks = fallbacks
        self.refuses = refuses
        self.structuredOutput = structuredOutput
        self.reasoningEffort = reasoningEffort
        self.timeout = timeout
        self.rateLimits = rateLimits
        self.dataHandling = dataHandling
    }

    /// What a request costs at list price; `nil` when a price is not known.
    public func cost(promptTokens: Int, completionTokens: Int) -> USD? {
        guard let promptPrice, let completionPrice else { return nil }
        return promptPrice.cost(of: promptTokens) + completionPrice.cost(of: completionTokens) + requestPrice
    }
}
