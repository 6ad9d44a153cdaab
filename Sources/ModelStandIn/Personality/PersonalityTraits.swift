import Vocabulary

/// What differs between servers, as data. The defaults are what most servers do.
struct PersonalityTraits: Sendable {
    var errorShape: ErrorShape
    /// The request fields that are known; others are refused. `nil` takes any.
    var knownFields: Set<String>?
    /// Whether the `provider` object of a request is understood.
    var obeysProviderField = false
    /// Whether there may be models that refuse `max_tokens`.
    var hasReasoningModels = false
    /// The names under which the most tokens may be given; the first that is there counts.
    var tokenLimitNames = ["max_completion_tokens", "max_tokens"]
    /// How the ids of answers begin.
    var idPrefix = "chatcmpl-"
    /// The header that carries the id of an answer.
    var idHeader: String?
    /// Whether there are `provider` and `native_finish_reason`.
    var namesUpstream = false
    /// The fields that carry the reasoning of an answer.
    var reasoningFields: [String] = []
    var cost = CostPlace.nowhere
    /// `prompt_tokens_details` of an answer without cached tokens; `nil` when there is no such field.
    var cachedTokens: JSONValue?
    /// Whether a stream tells its usage also when `stream_options.include_usage` does not ask for it.
    var alwaysStreamsUsage = false
    /// What the chunks of a stream that do not tell their usage say of it; `nil` when they have no such field.
    var untoldUsage: JSONValue?
    /// The comment that a stream begins with.
    var keepAlive: String?
    /// Whether an error in a stream stands in a chunk with a choice, and not alone.
    var streamErrorHasChoice = false
    /// Whether the end marker follows an error in a stream.
    var endsBrokenStream = false
    /// Members of every chunk, to be ignored.
    var chunkPadding: [String: JSONValue] = [:]
    /// The headers of a 429 that has no hint of its own.
    var rateLimitHeaders: [String: String] = [:]
    /// Whether there are prices on the list of models, and `GET /v1/generation` and `/v1/key`.
    var hasAccount = false

    /// Where an answer says what it costs.
    enum CostPlace {
        case inUsage, inHeader, nowhere
    }
}

extension Personality {
    var traits: PersonalityTraits {
        switch self {
        case .openRouter:
            PersonalityTraits(
                errorShape: .openRouter, obeysProviderField: true, idPrefix: "gen-", idHeader: "X-Generation-Id",
                namesUpstream: true,
                reasoningFields: ["reasoning"], cost: .inUsage, cachedTokens: ["cached_tokens": 0],
                alwaysStreamsUsage: true, keepAlive: "OPENROUTER PROCESSING", streamErrorHasChoice: true,
                hasAccount: true)
        case .openAI:
            PersonalityTraits(
                errorShape: .openAI, knownFields: CompletionRequest.openAIFields, hasReasoningModels: true,
                idHeader: "x-request-id",
                cachedTokens: ["cached_tokens": 0], untoldUsage: .null,
                chunkPadding: ["obfuscation": "q3Zt", "service_tier": "default"],
                rateLimitHeaders: [
                    "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "0",
                    "x-ratelimit-reset-requests": "120ms",
                ])
        case .ollama:
            PersonalityTraits(errorShape: .ollama, tokenLimitNames: ["max_tokens"], reasoningFields: ["reasoning"])
        case .vLLM:
            PersonalityTraits(
                errorShape: .vLLM, reasoningFields: ["reasoning", "reasoning_content"], cachedTokens: .null,
                endsBrokenStream: true)
        case .llamaCpp:
            PersonalityTraits(
                errorShape: .llamaCpp, tokenLimitNames: ["max_tokens", "n_predict"],
                reasoningFields: ["reasoning_content"], cachedTokens: ["cached_tokens": 0])
        case .liteLLM:
            PersonalityTraits(
                errorShape: .liteLLM, idHeader: "x-litellm-call-id", reasoningFields: ["reasoning_content"],
                cost: .inHeader, cachedTokens: ["cached_tokens": 0])
        }
    }
}
