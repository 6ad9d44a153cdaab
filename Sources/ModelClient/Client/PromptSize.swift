import Vocabulary

/// How large the prompt of a call can be, whatever a server makes of it.
struct PromptSize {
    /// For what a chat template puts around each message.
    private static let perMessage = 16
    /// For what it puts around all of them.
    private static let base = 64

    /// Bytes of text. No token is shorter than a byte, so they bound the tokens in every script.
    private(set) var bytes: Int

    init(of call: ModelCall) {
        bytes = Self.base + Self.bytes(of: call.messages)
        for tool in call.tools {
            bytes += Self.perMessage + tool.name.utf8.count + tool.description.utf8.count
            bytes += Self.bytes(of: tool.parameters.json)
        }
        if case .json(_, let schema, _) = call.answer {
            // As `response_format`, or in words around it.
            bytes += Self.bytes(of: schema.json) * 2 + 128
        }
    }

    /// A token has about four bytes; good enough to pace requests by.
    func likelyTokens(answer: Int) -> Int {
        bytes / 4 + min(max(0, answer), 1_000_000_000)
    }

    static func bytes(of messages: [ModelCall.Message]) -> Int {
        messages.reduce(0) { sum, message in
            let calls = message.toolCalls.map { perMessage + $0.name.utf8.count + bytes(of: $0.arguments) }
            return sum + perMessage + message.content.utf8.count + calls.reduce(0, +)
        }
    }

    private static func bytes(of json: JSONValue) -> Int {
        (try? json.canonicalData().count) ?? 0
    }
}
