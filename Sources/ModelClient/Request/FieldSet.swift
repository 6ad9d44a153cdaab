/// Which request fields a server takes beyond model, messages, temperature and tools, and under which names.
///
/// One row for each dialect. What a row does not name is not sent: OpenAI answers 400 to any field that it does not
/// know, others refuse single ones.
struct FieldSet: Sendable, Hashable {
    var maxTokens: MaxTokensName = .maxTokens
    var schema: SchemaForm = .bounded
    var reasoning: ReasoningForm = .effort
    var accepts: Set<Field> = []

    enum MaxTokensName: String, Sendable {
        case maxTokens = "max_tokens"
        /// The only name that OpenAI's reasoning models take.
        case maxCompletionTokens = "max_completion_tokens"
    }

    enum SchemaForm: Sendable {
        /// Bounds as keywords, for servers with a grammar of their own.
        case bounded
        /// Bounds in words, for servers whose strict mode refuses the keywords, and for those who pass a schema on to
        /// such a server.
        case strict
    }

    enum ReasoningForm: Sendable {
        /// `"reasoning_effort": "low"`
        case effort
        /// `"reasoning": {"effort": "low"}`
        case object
    }

    enum Field: Sendable {
        case seed
        case user
        case metadata
        /// Without it, a stream of these servers tells no usage.
        case streamOptions
        /// OpenRouter's wishes about who serves the model.
        case provider
        /// OpenRouter's additions to its own work.
        case plugins
    }

    /// OpenRouter's docs (August 2026), OpenAI's API description, and the sources of the other servers.
    init(for dialect: Provider.Dialect) {
        switch dialect {
        case .openRouter:
            schema = .strict
            reasoning = .object
            accepts = [.seed, .user, .metadata, .provider, .plugins]
        case .openAI:
            maxTokens = .maxCompletionTokens
            schema = .strict
            // It takes metadata too, but only for answers that it is asked to store.
            accepts = [.seed, .user, .streamOptions]
        case .liteLLM:
            schema = .strict
            accepts = [.seed, .user, .streamOptions]
        case .ollama, .vLLM, .llamaCpp, .compatible:
            accepts = [.seed, .streamOptions]
        }
    }
}
