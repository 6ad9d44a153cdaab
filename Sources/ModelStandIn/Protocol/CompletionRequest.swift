import Foundation
import Vocabulary

/// What the stand-in needs to know of a chat-completions request.
struct CompletionRequest {
    var model: String
    /// What is asked: the contents of all messages, in order.
    var messages: [Message]
    /// The most tokens that the reply may have.
    var maxTokens: Int
    /// The name of the schema in `response_format`.
    var answerName: String?
    /// The schema in `response_format`.
    var schema: JSONValue?
    /// The `task` in `metadata`.
    var task: String?
    /// The names of all top-level fields, in alphabetical order.
    var fields: [String]

    struct Message {
        var role: String
        var text: String
    }

    /// What the user says, message after message.
    var userText: String {
        messages.filter { $0.role == "user" }.map(\.text).joined(separator: "\n")
    }

    /// - Throws: ``APIError`` with status 400 for anything that is not a request which can be answered.
    init(parsing body: Data) throws(APIError) {
        guard let json = try? JSONValue(parsing: body), let members = json.members else {
            throw APIError.badRequest("The body is not a JSON object.")
        }
        guard let model = json["model"]?.string, (1...256).contains(model.utf8.count) else {
            throw APIError.badRequest("'model' must be a text of 1 to 256 bytes.")
        }
        self.model = model
        messages = try Self.messages(of: json)
        maxTokens = try Self.maxTokens(of: json)
        if json["stream"]?.bool == true {
            throw APIError.badRequest("The stand-in does not stream: leave out 'stream'.")
        }
        let format = json["response_format"]?["json_schema"]
        answerName = format?["name"]?.string
        schema = format?["schema"]
        task = json["metadata"]?["task"]?.string
        fields = members.keys.sorted()
    }

    private static func messages(of json: JSONValue) throws(APIError) -> [Message] {
        guard let elements = json["messages"]?.elements, !elements.isEmpty else {
            throw APIError.badRequest("'messages' must be a list with at least one message.")
        }
        return try elements.map { (element) throws(APIError) in
            guard let role = element["role"]?.string else {
                throw APIError.badRequest("Every message must have a 'role'.")
            }
            return Message(role: role, text: text(of: element["content"] ?? .null))
        }
    }

    /// A content is a text, or a list of parts of which some are texts.
    private static func text(of content: JSONValue) -> String {
        content.string ?? (content.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    private static func maxTokens(of json: JSONValue) throws(APIError) -> Int {
        guard let limit = json["max_completion_tokens"]?.integer ?? json["max_tokens"]?.integer else {
            throw APIError.badRequest("'max_tokens' or 'max_completion_tokens' must be present.")
        }
        guard (1...1_000_000_000).contains(limit) else {
            throw APIError.badRequest("'max_tokens' must be from 1 to 1000000000.")
        }
        return Int(limit)
    }
}

extension CompletionRequest {
    /// The first field that OpenAI does not know, if any.
    var unknownField: String? {
        fields.first { !Self.openAIFields.contains($0) }
    }

    private static let openAIFields: Set<String> = [
        "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
        "max_tokens", "messages", "metadata", "modalities", "model", "n", "parallel_tool_calls", "prediction",
        "presence_penalty", "prompt_cache_key", "reasoning_effort", "response_format", "safety_identifier", "seed",
        "service_tier", "stop", "store", "stream", "stream_options", "temperature", "tool_choice", "tools",
        "top_logprobs", "top_p", "user", "verbosity", "web_search_options",
    ]
}
