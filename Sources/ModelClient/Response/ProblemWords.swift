/// The words by which servers name a problem, and the phrases in which they describe it.
///
/// From OpenRouter's docs, "Errors and Debugging" (August 2026), OpenAI's API description, and the sources of Ollama,
/// llama.cpp and Anthropic's clients.
enum ProblemWords {
    static let kinds: [String: FailureKind] = [
        // OpenRouter, error_type
        "context_length_exceeded": .contextTooLong, "max_tokens_exceeded": .contextTooLong,
        "token_limit_exceeded": .contextTooLong, "string_too_long": .contextTooLong,
        "payload_too_large": .contextTooLong,
        "authentication": .authentication, "permission_denied": .authentication,
        "payment_required": .quotaExceeded,
        "not_found": .unknownModel,
        "precondition_failed": .invalidRequest, "unprocessable": .invalidRequest, "invalid_request": .invalidRequest,
        "invalid_prompt": .invalidRequest, "invalid_image": .invalidRequest, "image_not_found": .invalidRequest,
        "content_policy_violation": .refused, "refusal": .refused,
        "rate_limit_exceeded": .rateLimited,
        "server": .unavailable, "unmapped": .unavailable, "provider_unavailable": .unavailable,
        "provider_overloaded": .unavailable,
        "timeout": .timeout,
        // OpenRouter, availability
        "model_not_found": .unknownModel, "wrong_endpoint": .unknownModel, "no_endpoints": .unknownModel,
        "model_deprecated": .unknownModel, "model_unavailable_upstream": .unknownModel,
        "privacy_restricted": .unknownModel, "constraint_filtered": .unknownModel,
        "free_variant_ended": .unknownModel, "region_restricted": .unknownModel,
        "capacity_exhausted": .rateLimited, "temporarily_unavailable": .unavailable,
        // OpenAI, Ollama, llama.cpp
        "insufficient_quota": .quotaExceeded, "invalid_api_key": .authentication, "not_found_error": .unknownModel,
        "exceed_context_size_error": .contextTooLong, "unavailable_error": .unavailable,
        "content_filter": .refused, "server_error": .unavailable, "overloaded_error": .unavailable,
    ]

    static let overload: Set<String> = ["provider_overloaded", "overloaded_error"]

    static let dailyQuota = ["per-day", "per day", "per_day", "perday", "daily"]
    static let usedUpQuota = ["insufficient_quota", "key limit", "insufficient credits", "insufficient balance"]
    static let budget = ["key limit", "budget", "credits", "insufficient", "quota"]
    static let moderation = ["content policy", "content_policy", "moderation", "flagged", "guardrail"]
    static let contextLength = [
        "context length", "context_length", "maximum context", "context window", "context size", "too many tokens",
        "prompt is too long", "input is too long",
    ]
    static let unknownModel = ["not a valid model", "model not found", "unknown model", "no such model"]
}
