import Foundation
import Vocabulary

extension Answer {
    /// The whole answer.
    var whole: JSONValue {
        var message = reasoningMembers(completion.reasoning)
        message["role"] = "assistant"
        message["content"] = completion.content.map { .string($0) } ?? .null
        message["refusal"] = .null
        return envelope(
            "chat.completion", choices: form.hasChoices ? [choice("message", message, isLast: true)] : [],
            usage: form.tellsUsage ? usage : nil)
    }

    /// A piece of a stream.
    ///
    /// - Parameter usage: left out when `nil`.
    func chunk(_ choices: [JSONValue], usage: JSONValue? = nil) -> JSONValue {
        var chunk = envelope("chat.completion.chunk", choices: choices, usage: usage ?? traits.untoldUsage)
        chunk.add(traits.chunkPadding)
        if form.stream.splitsCharacters {
            // So that there is a character to split, whatever the model says.
            chunk.add(["system_fingerprint": "fp_größer_als_ein_byte"])
        }
        return chunk
    }

    func delta(_ members: [String: JSONValue]) -> JSONValue {
        choice("delta", members.merging(["role": "assistant"]) { own, _ in own }, isLast: false)
    }

    /// The choice that says why there is no more.
    var finish: JSONValue {
        let text: JSONValue = completion.content == nil ? .null : ""
        return choice("delta", ["role": "assistant", "content": text], isLast: true)
    }

    /// An event in place of the rest of a stream.
    func streamError(code: JSONValue) -> JSONValue {
        let error = APIError(502, "provider_unavailable", "The provider broke off")
        guard traits.streamErrorHasChoice else { return traits.errorShape.body(of: error) }
        var chunk = chunk([choice("delta", ["role": "assistant", "content": ""], isLast: true)])
        var members = traits.errorShape.body(of: error)["error"] ?? [:]
        members.add(["code": code])
        chunk.add(["error": members])
        return chunk
    }

    func reasoningMembers(_ text: String?) -> [String: JSONValue] {
        let value: JSONValue = text.map { .string($0) } ?? .null
        return Dictionary(traits.reasoningFields.map { ($0, value) }, uniquingKeysWith: { first, _ in first })
    }

    private func choice(_ name: String, _ content: [String: JSONValue], isLast: Bool) -> JSONValue {
        let reason: JSONValue = isLast ? .string(completion.finishReason) : .null
        var members: [String: JSONValue] = ["index": 0, "finish_reason": reason, name: .object(content)]
        members["native_finish_reason"] = traits.namesUpstream ? reason : nil
        members["error"] = isLast ? form.choiceError : nil
        return .object(members)
    }

    private func envelope(_ object: String, choices: [JSONValue], usage: JSONValue?) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(completion.id),
            "object": .string(object),
            "created": .integer(Int64(completion.created.timeIntervalSince1970)),
            "model": .string(completion.model),
            "choices": .array(choices),
        ]
        members["provider"] = traits.namesUpstream ? "StandIn" : nil
        members["usage"] = usage
        return .object(members)
    }
}

extension JSONValue {
    /// Adds members to an object; to anything else it does nothing.
    fileprivate mutating func add(_ others: [String: JSONValue]) {
        guard let members else { return }
        self = .object(members.merging(others) { _, new in new })
    }
}
