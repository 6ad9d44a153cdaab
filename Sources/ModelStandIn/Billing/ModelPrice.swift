package import Vocabulary

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
