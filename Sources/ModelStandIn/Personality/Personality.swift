/// A kind of server that speaks the chat-completions protocol in its own way.
package enum Personality: String, Sendable, Hashable, CaseIterable {
    case openRouter = "openrouter"
    case openAI = "openai"
    case ollama
    case vLLM = "vllm"
    case llamaCpp = "llamacpp"
    case liteLLM = "litellm"
}
