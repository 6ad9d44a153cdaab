import Foundation
import Vocabulary

/// What the stand-in needs to know of a chat-completions request.
struct CompletionRequest {
    var model: String
    /// What is asked: the contents of all messages, in order.
    var messages: [Message]
    /// The most tokens that the reply may have.
    var maxTokens: Int
    /// Whether the answer is to come as a stream.
    var streams: Bool
    /// Whether a stream is to tell its usage.
    var asksForUsage: Bool
    /// The most that the model may cost.
    var maxPrice: MaxPrice?
    /// The name of the schema in `response_format`.
    var answerName: String?
    /// The schema in `response_format`.
    var schema: JSONValue?
    /// The `task` in `metadata`.
    var task: String?
    /// The names of all top-level fields, in alphabetical order.
    var fields: [String]
    /// The names of all fields of `provider`, in alphabetical order.
    var providerFields: [String]

    struct Message {
        var role: String
        var text: String
    }

    /// What the user says, message after message.
    var userText: String {
        messages.filter { $0.role == "user" }.map(\.text).joined(separator: "\n")
    }

    var promptTokens: Int {
        TokenCount.tokens(inBytes: messages.reduce(0) { $0 + $1.text.utf8.count })
    }

    /// - Parameter limitNames: the fields that may give the most tokens; the first that is there counts.
    /// - Throws: ``APIError`` with status 400 for anything that is not a request which can be answered.
    init(parsing body: Data, limitNames: [String]) throws(APIError) {
        guard let json = try? JSONValue(parsing: body), let members = json.members else {
            throw APIError.badRequest("The body is not a JSON object.")
        }
        guard let model = json["model"]?.string, (1...256).contains(model.utf8.count) else {
            throw APIError.badRequest("'model' must be a text of 1 to 256 bytes.", parameter: "model")
        }
        self.model = model
        messages = try Self.messages(of: json)
        maxTokens = try Self.maxTokens(of: json, names: limitNames)
        streams = try Self.flag(json["stream"], "stream")
        asksForUsage = try Self.flag(json["stream_options"]?["include_usage"], "stream_options")
        if let limits = json["provider"]?["max_price"] {
            maxPrice = try MaxPrice(parsing: limits)
        }
        let format = json["response_format"]?["json_schema"]
        answerName = format?["name"]?.string
        schema = format?["schema"]
        task = json["metadata"]?["task"]?.string
        fields = members.keys.sorted()
        providerFields = json["provider"]?.members?.keys.sorted() ?? []
    }

    private static func messages(of json: JSONValue) throws(APIError) -> [Message] {
        guard let elements = json["messages"]?.elements, !elements.isEmpty else {
            throw APIError.badRequest("'messages' must be a list with at least one message.", parameter: "messages")
        }
        return try elements.map { (element) throws(APIError) in
            guard let role = element["role"]?.string else {
                throw APIError.badRequest("Every message must have a 'role'.", parameter: "messages")
            }
            return Message(role: role, text: text(of: element["content"] ?? .null))
        }
    }

    /// A content is a text, or a list of parts of which some are texts.
    private static func text(of content: JSONValue) -> String {
        content.string ?? (content.elements ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    /// The stand-in insists on a limit, because a request without one may cost anything.
    private static func maxTokens(of json: JSONValue, names: [String]) throws(APIError) -> Int {
        guard let limit = names.compactMap({ json[$0]?.integer }).first else {
            let listed = names.sorted(by: >).map { "'\($0)'" }.joined(separator: " or ")
            throw APIError.badRequest("\(listed) must be present.", parameter: names.last)
        }
        guard (1...1_000_000_000).contains(limit) else {
            throw APIError.badRequest("'max_tokens' must be from 1 to 1000000000.", parameter: names.last)
        }
        return Int(limit)
    }

    private static func flag(_ json: JSONValue?, _ name: String) throws(APIError) -> Bool {
        guard let json, json != .null else { return false }
        guard let flag = json.bool else { throw .badRequest("'\(name)' must be true or false.", parameter: name) }
        return flag
    }
}
