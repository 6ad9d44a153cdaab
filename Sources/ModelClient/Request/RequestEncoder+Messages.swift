import Foundation
import Vocabulary

extension RequestEncoder {
    /// The conversation, with the schema in words for a model that takes none, and what is to be mended at its end.
    func messages(for call: ModelCall, correction: Correction?) throws -> [JSONValue] {
        var messages = call.messages
        if case .json(_, let schema, _) = call.answer, !sendsSchema(for: call) {
            messages = try SchemaPrompt(schema: schema).added(to: messages)
        }
        return try (messages + (correction?.messages ?? [])).map(json)
    }

    private func json(_ message: ModelCall.Message) throws -> JSONValue {
        var members: [String: JSONValue] = [
            "role": .string(message.role.rawValue), "content": .string(message.content),
        ]
        if !message.toolCalls.isEmpty {
            members["tool_calls"] = .array(try message.toolCalls.map(json))
            // Some servers refuse an empty text, none a missing one beside calls.
            if message.content.isEmpty { members["content"] = .null }
        }
        if let id = message.toolCallID { members["tool_call_id"] = .string(id) }
        return .object(members)
    }

    private func json(_ call: ToolCall) throws -> JSONValue {
        let arguments = String(decoding: try call.arguments.canonicalData(), as: UTF8.self)
        return [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
    }
}
