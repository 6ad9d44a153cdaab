extension CompletionRequest {
    /// The first field that is not among `known`, if any.
    func unknownField(_ known: Set<String>) -> String? {
        fields.first { !known.contains($0) }
    }

    /// The first field of `provider` that OpenRouter does not know, if any.
    var unknownProviderField: String? {
        providerFields.first { !Self.openRouterProviderFields.contains($0) }
    }

    static let openAIFields: Set<String> = [
        "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
        "max_tokens", "messages", "metadata", "modalities", "model", "n", "parallel_tool_calls", "prediction",
        "presence_penalty", "prompt_cache_key", "reasoning_effort", "response_format", "safety_identifier", "seed",
        "service_tier", "stop", "store", "stream", "stream_options", "temperature", "tool_choice", "tools",
        "top_logprobs", "top_p", "user", "verbosity", "web_search_options",
    ]

    private static let openRouterProviderFields: Set<String> = [
        "allow_fallbacks", "data_collection", "enforce_distillable_text", "ignore", "max_price", "only", "order",
        "preferred_max_latency", "preferred_min_throughput", "quantizations", "require_parameters", "sort", "zdr",
    ]
}
