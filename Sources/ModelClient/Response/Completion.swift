import Vocabulary

/// What a model wrote, not yet judged.
struct Completion: Equatable {
    var text: String
    /// The tools that the model wants called, as it put it.
    var toolCalls: [ToolRequest] = []
    /// Whether the model stopped because `max_tokens` was used up.
    var isCutOff: Bool

    /// A call of a tool in the model's words: the name may be that of no tool, the arguments may be no JSON.
    struct ToolRequest: Equatable {
        var id: String
        var name: String
        /// JSON text.
        var arguments: String
    }

    /// All that the model wrote as one text, to show it what to mend.
    var transcript: String {
        let calls = toolCalls.map { "\($0.name)(\($0.arguments))" }
        return ((text.isEmpty ? [] : [text]) + calls).joined(separator: "\n")
    }
}
