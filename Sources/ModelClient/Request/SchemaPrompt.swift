import Vocabulary

/// Asks for JSON in words, for models that take no schema.
struct SchemaPrompt {
    let schema: Schema

    /// The messages with the demand added to the system message, or put before them as one.
    ///
    /// There must not be two system messages, nor one after the first place: the chat templates of some models
    /// refuse that.
    func added(to messages: [ModelCall.Message]) throws -> [ModelCall.Message] {
        let text = String(decoding: try schema.json.schemaOrderedData(), as: UTF8.self)
        let demand = """
            Answer with one JSON value that satisfies this JSON Schema, without anything before or after it:
            \(text)
            """
        guard let first = messages.first, first.role == .system else {
            return [ModelCall.Message(.system, demand)] + messages
        }
        return [ModelCall.Message(.system, first.content + "\n\n" + demand)] + messages.dropFirst()
    }
}
