import Foundation
import Vocabulary

/// What one call may still spend.
struct Spending {
    private let limit: USD?
    private var committed = USD.zero

    init(limit: USD?) {
        self.limit = limit
    }

    /// Whether a request that costs at most this much stays within the limit. With a limit, an unknown price does not.
    func admits(_ worstCase: USD?) -> Bool {
        guard let limit else { return true }
        guard let worstCase else { return false }
        return committed + worstCase <= limit
    }

    /// Counts a request that was sent. One of unknown cost counts as its worst case.
    mutating func settle(_ cost: Cost, worstCase: USD?) {
        committed += cost.charged(worstCase: worstCase)
    }
}

extension Model {
    /// The most that a request can cost here, or `nil` when a price is not known.
    ///
    /// No token is shorter than a byte, so the bytes bound the tokens in every script; the addition is for what a
    /// server's chat template puts around the messages.
    func worstCase(requestBytes: Int, maxTokens: Int) -> USD? {
        cost(promptTokens: requestBytes + 64, completionTokens: maxTokens)
    }
}
