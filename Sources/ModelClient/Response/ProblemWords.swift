/// The words by which servers name a problem, and the phrases in which they describe it.
///
/// From OpenRouter's docs, "Errors and Debugging" (August 2026), OpenAI's API description, and the sources of Ollama,
/// llama.cpp, LiteLLM and Anthropic's clients.
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
        "image_too_large": .invalidRequest, "image_too_small": .invalidRequest,
        "unsupported_image_format": .invalidRequest, "image_download_failed": .invalidRequest,
        "content_policy_violation": .refused, "refusal": .refused,
        "rate_limit_exceeded": .rateLimited,
        "server": .unavailable, "unmapped": .unavailable, "provider_unavailable": .unavailable,
        "provider_overloaded": .unavailable,
        "timeout": .timeout,
        // OpenRouter, availability
        "model_not_found": .unknownModel, "wrong_endpoint": .unknownModel, "no_endpoints": .unknownModel,
        "model_deprecated": .unknownModel, "model_unavailable_upstream": .unknownModel,
        "free_variant_ended": .unknownModel,
        "privacy_restricted": .constrained, "constraint_filtered": .constrained, "region_restricted": .constrained,
        "capacity_exhausted": .rateLimited, "temporarily_unavailable": .unavailable,
        // OpenAI, Ollama, llama.cpp, LiteLLM, Anthropic
        "insufficient_quota": .quotaExceeded, "billing_hard_limit_reached": .quotaExceeded,
        "billing_not_active": .quotaExceeded, "budget_exceeded": .quotaExceeded,
        "invalid_api_key": .authentication, "authentication_error": .authentication,
        "permission_error": .authentication, "not_found_error": .unknownModel,
        "exceed_context_size_error": .contextTooLong, "unavailable_error": .unavailable,
        "content_filter": .refused, "server_error": .unavailable, "overloaded_error": .unavailable,
        "rate_limit_error": .rateLimited,
    ]

    /// Those that speak of the model itself, whatever else the error says.
    static let goneModels: Set<String> = [
        "model_not_found", "wrong_endpoint", "model_deprecated", "model_unavailable_upstream", "free_variant_ended",
    ]

    static let overload: Set<String> = ["provider_overloaded", "overloaded_error"]
    /// With a 503: Ollama's full queue, and llama.cpp while it loads.
    static let busy = ["server busy", "overloaded", "loading model"]

    static let dailyQuota = ["per-day", "per day", "per_day", "perday", "daily"]
    static let usedUpQuota = [
        "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "key limit", "insufficient credits",
        "insufficient balance", "budget_exceeded", "budget has been exceeded", "exceededbudget", "over budget",
        "crossed budget",
    ]
    static let budget = [
        "key limit", "budget", "credits", "quota", "insufficient credit", "insufficient balance", "insufficient fund",
    ]
    static let moderation = ["content policy", "content_policy", "moderation", "flagged", "guardrail"]
    static let contextLength = [
        "context length", "context_length", "maximum context", "context window", "context size", "too many tokens",
        "prompt is too long", "input is too long",
    ]
    static let unknownModel = ["not a valid model", "model not found", "unknown model", "no such model"]

    /// How OpenRouter says that it has the model, but not as it was asked for.
    static let constraints = [
        "data policy", "data policies", "no endpoints found that", "no endpoints found matching", "match your",
        "matching your", "no allowed providers", "providers have been ignored", "requested parameters", "max_price",
        "max price", "zero data retention", "in your region",
    ]
    /// What may exclude an endpoint, in the words of `availability.excluded_by`.
    static let exclusions = [
        "geo", "data_region", "data_policy:zdr", "data_policy:training", "max_price", "context_length",
        "require_parameters", "quantization", "allowed_providers",
    ]
}
