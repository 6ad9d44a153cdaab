package import Vocabulary

/// One kind of work: what is asked, how often, and how many tokens a call takes.
package struct Work: Sendable, Hashable {
    package var name: String
    package var routing: Routing
    package var callsPerDay: Int
    package var tokens: TokensPerCall
    /// Whether input and output are equal only because nobody said how the tokens are split.
    package var assumesEvenSplit: Bool
    /// The model that the source routes it to, at the prices it states; `nil` for the source's single model.
    package var stated: PricedModel?
    /// What the source says it costs per day.
    package var claimed: Claims

    package init(
        name: String, routing: Routing, callsPerDay: Int, tokens: TokensPerCall, assumesEvenSplit: Bool = false,
        stated: PricedModel? = nil, claimed: Claims = Claims()
    ) {
        self.name = name
        self.routing = routing
        self.callsPerDay = callsPerDay
        self.tokens = tokens
        self.assumesEvenSplit = assumesEvenSplit
        self.stated = stated
        self.claimed = claimed
    }

    /// What a day of it costs on a model.
    package func perDay(on model: PricedModel) -> USD {
        model.cost(of: tokens).times(callsPerDay)
    }
}
