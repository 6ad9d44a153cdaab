import Foundation
import Vocabulary

/// The reply of the model, from which the body of the response is made.
struct Completion {
    let id: String
    let model: String
    let created: Date
    let price: ModelPrice?
    let maxTokens: Int
    private(set) var content: JSONValue = .null
    private(set) var finishReason = "stop"
    private(set) var tokens: TokenCount
    /// `nil` when the model is not on the price list.
    private(set) var cost: USD?

    /// - Parameter text: the whole reply; what exceeds the request's `max_tokens` is cut off.
    init(to request: CompletionRequest, text: String, id: String, created: Date, price: ModelPrice?) {
        self.id = id
        self.created = created
        self.price = price
        model = request.model
        maxTokens = request.maxTokens
        let bytes = request.messages.reduce(0) { $0 + $1.text.utf8.count }
        tokens = TokenCount(prompt: TokenCount.tokens(inBytes: bytes), completion: 0)
        say(text)
    }

    /// The same call with another reply, counted and charged as such.
    func saying(_ text: String?, because reason: String = "stop") -> Completion {
        var copy = self
        copy.say(text, because: reason)
        return copy
    }

    /// The same call at no cost, as for an answer that broke before its end.
    func unpaid(tokens completionTokens: Int) -> Completion {
        var copy = self
        copy.tokens.completion = completionTokens
        copy.cost = .zero
        return copy
    }

    private mutating func say(_ text: String?, because reason: String = "stop") {
        let kept = text?.prefix(tokens: maxTokens)
        content = kept.map { .string(String($0)) } ?? .null
        finishReason = kept?.endIndex == text?.endIndex ? reason : "length"
        tokens.completion = TokenCount.tokens(inBytes: kept?.utf8.count ?? 0)
        cost = price?.cost(of: tokens)
    }
}

extension Completion {
    var json: JSONValue {
        body(choices: [choice()], usage: usage)
    }

    var usage: JSONValue {
        [
            "prompt_tokens": .integer(Int64(tokens.prompt)),
            "completion_tokens": .integer(Int64(tokens.completion)),
            "total_tokens": .integer(Int64(tokens.prompt + tokens.completion)),
            "cost": cost.map { .number($0.dollars) } ?? .null,
        ]
    }

    func choice(error: JSONValue? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "index": 0,
            "finish_reason": .string(finishReason),
            "native_finish_reason": .string(finishReason),
            "message": ["role": "assistant", "content": content, "refusal": .null],
        ]
        members["error"] = error
        return .object(members)
    }

    /// - Parameter usage: left out when `nil`.
    func body(choices: [JSONValue], usage: JSONValue?) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(id),
            "object": "chat.completion",
            "created": .integer(Int64(created.timeIntervalSince1970)),
            "model": .string(model),
            "provider": "StandIn",
            "choices": .array(choices),
        ]
        members["usage"] = usage
        return .object(members)
    }
}
