package import Foundation

/// How many tokens one call takes.
package struct TokensPerCall: Sendable, Hashable {
    /// Input: what is sent.
    package var prompt: Int
    /// Output: what the model writes.
    package var completion: Int

    package init(prompt: Int, completion: Int) {
        self.prompt = prompt
        self.completion = completion
    }

    /// Splits a total into input and output.
    ///
    /// - Parameter promptShare: the input's share, 0 to 1; a half token becomes a whole one of input.
    package init(total: Int, promptShare: Decimal) {
        let share = (Decimal(total) * promptShare).rounded(decimals: 0)
        prompt = min(total, max(0, NSDecimalNumber(decimal: share).intValue))
        completion = total - prompt
    }

    package static func evenSplit(of total: Int) -> TokensPerCall {
        TokensPerCall(total: total, promptShare: Decimal(sign: .plus, exponent: -1, significand: 5))
    }

    package var total: Int {
        prompt + completion
    }
}
