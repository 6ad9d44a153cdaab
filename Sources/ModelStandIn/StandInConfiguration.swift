package import BellhopTesting
package import Vocabulary

/// What the stand-in answers, what it pretends to charge and what it lets go wrong.
package struct StandInConfiguration: Sendable {
    /// The port on 127.0.0.1; 0 takes a free one.
    package var port: Int
    /// The server that is imitated.
    package var personality: Personality
    package var answers: CannedAnswers
    /// The models on the list and what they cost. A model that is not on it is answered at an unknown cost,
    /// or refused with 404 when `strict`.
    package var prices: [String: ModelPrice]
    /// What the list of models says instead of what is charged.
    package var listedPrices: [String: ModelPrice]?
    /// What goes wrong. The first rule that fits a request and is not used up applies.
    package var faults: [FaultRule]
    /// Refuses request fields that OpenAI does not know, and models that are not on the price list.
    package var strict: Bool
    /// The models that refuse `max_tokens`, as OpenAI's reasoning models do. Other servers have none.
    package var reasoningModels: Set<String>
    /// When set, requests must carry it as `Authorization: Bearer …`.
    package var apiKey: String?
    /// What `GET /v1/key` tells as the key's limit. It is not enforced: the faults can do that.
    package var keyLimit: USD?
    /// How often `GET /v1/generation` does not yet know an answer.
    package var generationDelay: Int
    /// How long every answer takes.
    package var latency: Duration
    /// The longest that a hanging answer keeps its connection open.
    package var hangLimit: Duration

    package init(
        port: Int = 0, personality: Personality = .openRouter, answers: CannedAnswers = CannedAnswers(),
        prices: [String: ModelPrice] = [:], listedPrices: [String: ModelPrice]? = nil, faults: [FaultRule] = [],
        strict: Bool = false, reasoningModels: Set<String> = [], apiKey: String? = nil, keyLimit: USD? = nil,
        generationDelay: Int = 0, latency: Duration = .zero, hangLimit: Duration = .seconds(120)
    ) {
        self.port = port
        self.personality = personality
        self.answers = answers
        self.prices = prices
        self.listedPrices = listedPrices
        self.faults = faults
        self.strict = strict
        self.reasoningModels = reasoningModels
        self.apiKey = apiKey
        self.keyLimit = keyLimit
        self.generationDelay = generationDelay
        self.latency = latency
        self.hangLimit = hangLimit
    }
}
