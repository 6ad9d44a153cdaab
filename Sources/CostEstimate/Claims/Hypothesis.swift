package import Vocabulary

/// Something simple that a source may have done when it worked out the cost of a day's work.
package enum Hypothesis: Sendable, Hashable {
    /// As many tokens of output as of input.
    case evenSplit
    /// All tokens at the price of input.
    case promptPriceAlone
    /// All tokens at the price of output.
    case completionPriceAlone
    /// The prices of another model that it names.
    case pricesOf(PricedModel)
    /// Another number of calls on a day.
    case calls(Int)
}

/// A hypothesis under which a claim follows.
package struct Fit: Sendable, Hashable {
    package var hypothesis: Hypothesis
    /// What a day costs under it, not rounded.
    package var perDay: USD
}
