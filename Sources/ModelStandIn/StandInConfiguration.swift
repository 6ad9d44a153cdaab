package import Vocabulary

/// What the stand-in answers, what it pretends to charge and what it lets go wrong.
package struct StandInConfiguration: Sendable {
    /// The port on 127.0.0.1; 0 takes a free one.
    package var port: Int
    package var answers: CannedAnswers
    /// The models on the list and what they cost. A model that is not on it is answered at an unknown cost,
    /// or refused with 404 when `strict`.
    package var prices: [String: ModelPrice]
    /// What goes wrong. The first rule that fits a request and is not used up applies.
    package var faults: [FaultRule]
    /// Refuses request fields that OpenAI does not know, and models that are not on the price list.
    package var strict: Bool
    /// When set, requests must carry it as `Authorization: Bearer …`.
    package var apiKey: String?
    /// How long every answer takes.
    package var latency: Duration
    /// The longest that a hanging answer keeps its connection open.
    package var hangLimit: Duration

    package init(
        port: Int = 0, answers: CannedAnswers = CannedAnswers(), prices: [String: ModelPrice] = [:],
        faults: [FaultRule] = [], strict: Bool = false, apiKey: String? = nil, latency: Duration = .zero,
        hangLimit: Duration = .seconds(120)
    ) {
        self.port = port
        self.answers = answers
        self.prices = prices
        self.faults = faults
        self.strict = strict
        self.apiKey = apiKey
        self.latency = latency
        self.hangLimit = hangLimit
    }
}

/// The list price of a model.
package struct ModelPrice: Sendable, Hashable {
    package var prompt: TokenPrice
    package var completion: TokenPrice

    package init(prompt: TokenPrice, completion: TokenPrice) {
        self.prompt = prompt
        self.completion = completion
    }

    func cost(of tokens: TokenCount) -> USD {
        prompt.cost(of: tokens.prompt) + completion.cost(of: tokens.completion)
    }
}
