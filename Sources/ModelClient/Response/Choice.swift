import Vocabulary

/// The one choice of an answer: what the model wrote and why it stopped.
struct Choice {
    var text = ""
    var toolCalls: [Completion.ToolRequest] = []
    /// `stop`, `length`, `tool_calls`, `content_filter` or `error`; servers have more words, or none.
    var finishReason: String?
    /// The upstream's own word.
    var nativeFinishReason: String?
    /// Whether the model said in so many words that it refuses.
    var hasRefusal = false

    var result: Result<Completion, FailureSignal> {
        switch finishReason {
        case "error": return .failure(FailureSignal(.unavailable, "finish reason error"))
        // vLLM's word for an answer that it gave up.
        case "abort": return .failure(FailureSignal(.unavailable, "finish reason abort"))
        case "content_filter": return .failure(FailureSignal(.refused, "finish reason content_filter"))
        default: break
        }
        if text.isEmpty, toolCalls.isEmpty, hasRefusal {
            return .failure(FailureSignal(.refused, "the model refused"))
        }
        // Some upstreams' cuts arrive as "stop"; their own word tells.
        let isCutOff = finishReason == "length" || nativeFinishReason?.lowercased() == "max_tokens"
        return .success(Completion(text: text, toolCalls: toolCalls, isCutOff: isCutOff))
    }
}

extension Choice {
    /// Reads an element of `choices`. Everything may be missing or of an unexpected type.
    init(_ choice: JSONValue) {
        let message = choice["message"]
        text = message?["content"]?.contentText ?? ""
        toolCalls = (message?["tool_calls"]?.elements ?? []).map(Completion.ToolRequest.init)
        finishReason = choice["finish_reason"]?.string
        nativeFinishReason = choice["native_finish_reason"]?.string
        hasRefusal = message?["refusal"]?.string?.isEmpty == false
    }
}

extension Completion.ToolRequest {
    init(_ call: JSONValue) {
        id = call["id"]?.string ?? ""
        name = call["function"]?["name"]?.string ?? ""
        arguments = call["function"]?["arguments"]?.argumentsText ?? ""
    }
}

extension JSONValue {
    /// The text of a content: a string, or the text parts of a list.
    var contentText: String? {
        string ?? elements?.compactMap { $0["text"]?.string }.joined()
    }

    /// A tool's arguments: JSON text, or from some servers the value itself.
    var argumentsText: String? {
        if let string { return string }
        guard members != nil, let data = try? canonicalData() else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
