public import Vocabulary

/// An accepted answer and how it came about.
public struct ModelReply: Sendable {
    public var content: Content
    /// The configured name of the model that answered.
    public var model: String
    public var isFallback: Bool
    /// Every request of the call in order; the last one gave the answer.
    public var attempts: [Attempt]
    /// The models before it that were not asked, and why.
    public var skipped: [Skip]

    public enum Content: Sendable, Hashable {
        case text(String)
        case json(JSONValue)
        case toolCalls([ToolCall])
    }

    public init(
        content: Content, model: String, isFallback: Bool, attempts: [Attempt], skipped: [Skip] = []
    ) {
        self.content = content
        self.model = model
        self.isFallback = isFallback
        self.attempts = attempts
        self.skipped = skipped
    }
}

/// A model of the chain that was not asked.
public struct Skip: Sendable, Hashable {
    /// The configured name of the model.
    public var model: String
    public var reason: Reason

    public enum Reason: String, Sendable, Hashable, Codable {
        /// It fails, is rate-limited, or its quota is used up for now.
        case resting
        /// Its provider refuses the key, or the credit is used up.
        case providerClosed = "provider_closed"
        /// The provider does not have it.
        case disabled
        /// Emergency mode has begun, and it is none of the emergency models.
        case emergency
        /// Its worst case would pass the ceiling of a budget.
        case overBudget = "over_budget"
        /// Its worst case is more than the whole ceiling of a budget, so that no day has room for it.
        case overCeiling = "over_ceiling"
        /// Its worst case would pass the call's spend limit.
        case overSpendLimit = "over_spend_limit"
        /// Its price is not known, and a budget or a spend limit holds.
        case unpriced
    }

    public init(model: String, reason: Reason) {
        self.model = model
        self.reason = reason
    }
}

/// Tokens as the provider counted them.
public struct Usage: Sendable, Hashable {
    public var promptTokens: Int
    public var completionTokens: Int
    /// Those of the prompt that were read from the provider's cache.
    public var cachedTokens: Int

    public init(promptTokens: Int, completionTokens: Int, cachedTokens: Int = 0) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.cachedTokens = cachedTokens
    }
}
