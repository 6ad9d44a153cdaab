import Foundation
import HTTPCore
import Vocabulary

/// Turns a call into the request that one model at one provider understands.
struct RequestEncoder {
    let model: Model
    let provider: Provider

    /// What the provider's dialect knows.
    var fields: FieldSet {
        FieldSet(for: provider.dialect)
    }

    /// The body as JSON: equal calls give equal bytes, and schemas have their properties in their own order.
    ///
    /// - Parameters:
    ///   - policy: what the configuration asks for the call's data; the call's own wishes come on top of it.
    ///   - correction: an earlier answer of this model that is to be mended.
    func body(for call: ModelCall, policy: DataPolicy = .open, correction: Correction? = nil) throws -> Data {
        var members: [String: JSONValue] = [
            "model": .string(model.id),
            "messages": .array(try messages(for: call, correction: correction)),
            fields.maxTokens.rawValue: .integer(Int64(max(1, call.maxTokens))),
        ]
        members["response_format"] = responseFormat(for: call)
        members["temperature"] = temperature(for: call)
        if let seed = call.seed, takes(.seed), !model.refuses.contains(.seed) { members["seed"] = .integer(seed) }
        members.merge(reasoning) { _, new in new }
        members.merge(tools(for: call)) { _, new in new }
        members.merge(identity(for: call)) { _, new in new }
        members.merge(streaming(for: call)) { _, new in new }
        if takes(.provider) {
            members["provider"] = wishes(for: call, policy: policy.combined(with: call.policy))
        }
        if takes(.plugins) {
            // By default the middle of a long prompt is cut out in silence at endpoints with a small context. An error
            // that leads to the next model is better than a judgement on half the facts.
            members["plugins"] = [["id": "context-compression", "enabled": false]]
        }
        return try JSONValue.object(members).schemaOrderedData()
    }

    /// The whole request around a body.
    ///
    /// - Parameter isStreamed: whether the answer is asked for piece by piece.
    func request(
        body: Data, limits: TransportRequest.Limits, isStreamed: Bool = false
    ) -> TransportRequest {
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: isStreamed ? "text/event-stream, application/json" : "application/json"),
        ]
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

    private func takes(_ field: FieldSet.Field) -> Bool {
        fields.accepts.contains(field)
    }

    private func temperature(for call: ModelCall) -> JSONValue? {
        guard let temperature = call.temperature, !model.refuses.contains(.temperature) else { return nil }
        return .exactly(temperature)
    }

    private var reasoning: [String: JSONValue] {
        guard let effort = model.reasoningEffort, !model.refuses.contains(.reasoning) else { return [:] }
        return switch fields.reasoning {
        case .object: ["reasoning": ["effort": .string(effort)]]
        case .effort: ["reasoning_effort": .string(effort)]
        }
    }

    /// For whom and for what the call is, within the bounds of OpenRouter's fields.
    private func identity(for call: ModelCall) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if takes(.user), let user = call.user, !user.allSatisfy(\.isWhitespace) {
            members["user"] = .string(user.prefix(codePoints: 128))
        }
        if takes(.metadata), !call.metadata.isEmpty { members["metadata"] = .metadata(call.metadata) }
        return members
    }

    private func streaming(for call: ModelCall) -> [String: JSONValue] {
        guard call.streaming != nil else { return [:] }
        var members: [String: JSONValue] = ["stream": true]
        if takes(.streamOptions) { members["stream_options"] = ["include_usage": true] }
        return members
    }
}

extension JSONValue {
    /// OpenRouter takes 16 pairs with keys up to 64 and values up to 512 characters.
    fileprivate static func metadata(_ pairs: [String: String]) -> JSONValue {
        let kept = pairs.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.prefix(16)
        return .object(
            Dictionary(
                kept.map { ($0.key.prefix(codePoints: 64), .string($0.value.prefix(codePoints: 512))) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// The number as its shortest decimal digits, so that 0.1 is sent as 0.1.
    fileprivate static func exactly(_ number: Double) -> JSONValue {
        Decimal(string: "\(number)").map { .number($0) } ?? 0
    }
}

extension String {
    /// A server counts code points; what a reader sees as one character may be any number of them.
    fileprivate func prefix(codePoints count: Int) -> String {
        String(unicodeScalars.prefix(count))
    }
}
