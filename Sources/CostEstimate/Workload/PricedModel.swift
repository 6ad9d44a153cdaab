package import Vocabulary

/// A model with what its tokens cost: by a source's word, or by `bellhop.yaml`.
package struct PricedModel: Sendable, Hashable {
    package var name: String
    package var prompt: TokenPrice
    package var completion: TokenPrice

    package init(name: String, prompt: TokenPrice, completion: TokenPrice) {
        self.name = name
        self.prompt = prompt
        self.completion = completion
    }

    /// What one call costs. Input and output are each rounded up to the next nano-dollar, as the client counts them.
    package func cost(of tokens: TokensPerCall) -> USD {
        prompt.cost(of: tokens.prompt) + completion.cost(of: tokens.completion)
    }
}
