import Foundation
import Vocabulary

/// What the model says, and what that costs.
struct Completion {
    let id: String
    let created: Date
    /// The model that answers; as a rule the one that was asked.
    var model: String
    /// The whole reply, before anything was cut off or went wrong.
    let reply: String
    private let maxTokens: Int
    private let prices: [String: ModelPrice]
    private let asked: String
    private(set) var reasoning: String?
    private(set) var content: String?
    private(set) var finishReason = "stop"
    private(set) var tokens: TokenCount
    /// `nil` when the model is not on the price list.
    private(set) var cost: USD?

    /// - Parameter reply: what exceeds the request's `max_tokens` is cut off. Reasoning counts first.
    init(
        to request: CompletionRequest, reply: String, reasoning: String?, id: String, created: Date,
        prices: [String: ModelPrice]
    ) {
        self.id = id
        self.created = created
        self.reply = reply
        self.prices = prices
        model = request.model
        asked = request.model
        maxTokens = request.maxTokens
        tokens = TokenCount(prompt: request.promptTokens, completion: 0)
        self.reasoning = reasoning.map { String($0.prefix(tokens: maxTokens)) }
        say(reply)
    }

    /// Answers with another text, counted and charged as such.
    mutating func say(_ text: String?, because reason: String = "stop") {
        tokens.reasoning = TokenCount.tokens(inBytes: reasoning?.utf8.count ?? 0)
        let kept = text?.prefix(tokens: maxTokens - tokens.reasoning)
        content = kept.map { String($0) }
        finishReason = kept?.endIndex == text?.endIndex ? reason : "length"
        tokens.completion = tokens.reasoning + TokenCount.tokens(inBytes: kept?.utf8.count ?? 0)
        cost = cost(of: tokens)
    }

    /// Ends in the middle with an error. OpenRouter charges nothing for an answer with such an end.
    mutating func breakOff() {
        say(firstHalf, because: "error")
        waiveCost(tokens: tokens.completion)
    }

    mutating func waiveCost(tokens completionTokens: Int) {
        tokens.completion = completionTokens
        tokens.reasoning = min(tokens.reasoning, completionTokens)
        cost = .zero
    }

    var firstHalf: String {
        String(reply.prefix(reply.count / 2))
    }

    /// What so many tokens of the model cost; `nil` when neither it nor the model asked for is on the price list.
    func cost(of tokens: TokenCount) -> USD? {
        (prices[model] ?? prices[asked])?.cost(of: tokens)
    }
}
