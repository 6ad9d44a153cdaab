import Vocabulary

extension RequestEncoder {
    /// The schema as `response_format`, if the answer has one and the model takes it there.
    func responseFormat(for call: ModelCall) -> JSONValue? {
        guard case .json(let name, let schema, _) = call.answer, sendsSchema(for: call) else { return nil }
        return [
            "type": "json_schema",
            "json_schema": ["name": .string(name.asSchemaName), "strict": true, "schema": json(schema)],
        ]
    }

    /// Whether the schema goes along as `response_format`. Otherwise it stands in the prompt.
    func sendsSchema(for call: ModelCall) -> Bool {
        guard case .json = call.answer else { return false }
        return model.structuredOutput && !model.refuses.contains(.responseFormat)
    }

    /// The tools offered, and whether one must be called. The default, that the model chooses, is not sent.
    func tools(for call: ModelCall) -> [String: JSONValue] {
        guard !call.tools.isEmpty, !model.refuses.contains(.tools) else { return [:] }
        var members: [String: JSONValue] = ["tools": .array(call.tools.map(json))]
        switch call.toolChoice {
        case .automatic: break
        case .none: members["tool_choice"] = "none"
        case .required: members["tool_choice"] = "required"
        case .only(let name): members["tool_choice"] = ["type": "function", "function": ["name": .string(name)]]
        }
        return members
    }

    private func json(_ tool: Tool) -> JSONValue {
        var function: [String: JSONValue] = [
            "name": .string(tool.name), "description": .string(tool.description), "parameters": json(tool.parameters),
        ]
        if fields.schema == .strict { function["strict"] = true }
        return ["type": "function", "function": .object(function)]
    }

    private func json(_ schema: Schema) -> JSONValue {
        switch fields.schema {
        case .bounded: schema.json
        case .strict: schema.strictJSON
        }
    }
}

extension String {
    /// At most 64 letters, digits, `_` and `-`; the name of a generic type has others.
    fileprivate var asSchemaName: String {
        let name = String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }.prefix(64))
        return name.isEmpty ? "answer" : name
    }
}
