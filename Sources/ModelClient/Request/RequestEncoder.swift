import Foundation
import HTTPCore
import Vocabulary

/// Turns a call into the request that one model at one provider understands.
struct RequestEncoder {
    let model: Model
    let provider: Provider

    /// The body as canonical JSON: equal calls give equal bytes.
    func body(for call: ModelCall) throws -> Data {
        var members: [String: JSONValue] = [
            "model": .string(model.id),
            maxTokensName: .integer(Int64(max(1, call.maxTokens))),
        ]
        if let temperature = call.temperature, !model.refuses.contains(.temperature) {
            members["temperature"] = .exactly(temperature)
        }
        members.merge(reasoning) { _, new in new }
        members.merge(try answerMembers(for: call)) { _, new in new }
        if provider.dialect == .openRouter {
            members.merge(openRouterMembers(for: call)) { _, new in new }
        }
        return try JSONValue.object(members).canonicalData()
    }

    /// The whole request around a body.
    func request(body: Data, limits: TransportRequest.Limits) -> TransportRequest {
        var headers = [(name: "Content-Type", value: "application/json"), (name: "Accept", value: "application/json")]
        if let key = provider.apiKey {
            headers.append((name: "Authorization", value: "Bearer \(key.value)"))
        }
        headers += provider.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return TransportRequest(.post, url: url, headers: headers, body: body, limits: limits)
    }

    private var url: String {
        var base = provider.baseURL[...]
        while base.hasSuffix("/") { base = base.dropLast() }
        return base + "/chat/completions"
    }

    /// OpenAI's reasoning models refuse `max_tokens`; Ollama knows nothing else.
    private var maxTokensName: String {
        provider.dialect == .openAI ? "max_completion_tokens" : "max_tokens"
    }

    private var reasoning: [String: JSONValue] {
        guard let effort = model.reasoningEffort, !model.refuses.contains(.reasoning) else { return [:] }
        return provider.dialect == .openRouter
            ? ["reasoning": ["effort": .string(effort)]] : ["reasoning_effort": .string(effort)]
    }

    /// Whether the schema goes along as `response_format`.
    private func sendsSchema(for call: ModelCall) -> Bool {
        guard case .json = call.answer else { return false }
        return model.structuredOutput && !model.refuses.contains(.responseFormat)
    }

    private func answerMembers(for call: ModelCall) throws -> [String: JSONValue] {
        guard case .json(let name, let schema, _) = call.answer else { return ["messages": .messages(call.messages)] }
        guard sendsSchema(for: call) else {
            return ["messages": .messages(try SchemaPrompt(schema: schema).added(to: call.messages))]
        }
        return [
            "messages": .messages(call.messages),
            "response_format": [
                "type": "json_schema",
                "json_schema": ["name": .string(name.asSchemaName), "strict": true, "schema": strict(schema)],
            ],
        ]
    }

    /// Servers with a grammar of their own honour bounds; behind the other two they lead to a 400.
    private func strict(_ schema: Schema) -> JSONValue {
        provider.dialect == .compatible ? schema.json : schema.strictJSON
    }

    private func openRouterMembers(for call: ModelCall) -> [String: JSONValue] {
        // By default the middle of a long prompt is cut out in silence at endpoints with a small context. An error
        // that leads to the next model is better than a judgement on half the facts.
        var members: [String: JSONValue] = ["plugins": [["id": "context-compression", "enabled": false]]]
        if sendsSchema(for: call) {
            // Otherwise an endpoint that does not know `response_format` may be chosen and drop it.
            members["provider"] = ["require_parameters": true]
        }
        if !call.labels.isEmpty {
            members["metadata"] = .metadata(call.labels)
        }
        return members
    }
}

extension JSONValue {
    fileprivate static func messages(_ messages: [ModelCall.Message]) -> JSONValue {
        .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    }

    /// OpenRouter takes 16 pairs with keys up to 64 and values up to 512 characters.
    fileprivate static func metadata(_ labels: [String: String]) -> JSONValue {
        let pairs = labels.sorted { $0.key < $1.key }.prefix(16)
        return .object(
            Dictionary(
                pairs.map { (String($0.key.prefix(64)), .string(String($0.value.prefix(512)))) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// The number as its shortest decimal digits, so that 0.1 is sent as 0.1.
    fileprivate static func exactly(_ number: Double) -> JSONValue {
        Decimal(string: "\(number)", locale: Locale(identifier: "en_US_POSIX")).map { .number($0) } ?? 0
    }
}

extension String {
    /// At most 64 letters, digits, `_` and `-`; the name of a generic type has others.
    fileprivate var asSchemaName: String {
        let name = String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }.prefix(64))
        return name.isEmpty ? "answer" : name
    }
}
