import Vocabulary

/// A form in which servers write their errors.
enum ErrorShape {
    case openRouter, openAI, ollama, vLLM, llamaCpp, liteLLM
    /// vLLM's older form: no `error` around the members.
    case flatVLLM
    /// A word as the code, which no other member repeats.
    case wordAsCode
    /// OpenRouter's, with `error_type` and `http_status` in place of the code.
    case withoutCode

    func body(of error: APIError) -> JSONValue {
        switch self {
        case .openRouter, .withoutCode: ["error": openRouter(error)]
        case .openAI: ["error": members(error, type: error.openAIType, code: .optional(error.openAICode))]
        case .ollama: ["error": members(error, type: Self.ollamaTypes[error.code] ?? "api_error", code: .null)]
        case .vLLM: ["error": vLLM(error)]
        case .flatVLLM: .object((vLLM(error).members ?? [:]).merging(["object": "error"]) { own, _ in own })
        case .llamaCpp: ["error": llamaCpp(error)]
        case .liteLLM: ["error": liteLLM(error)]
        case .wordAsCode: ["error": ["message": .string(error.message), "code": "server_error"]]
        }
    }

    /// OpenAI answers 429 also when the credit is used up.
    func status(of error: APIError) -> Int {
        self == .openAI && error.status == 402 ? 429 : error.status
    }

    private func openRouter(_ error: APIError) -> JSONValue {
        var members: [String: JSONValue] = ["message": .string(error.message)]
        members["metadata"] = error.metadata.isEmpty ? nil : .object(error.metadata)
        if self == .withoutCode || error.availability != nil {
            members["error_type"] = .string(error.kind)
            members["http_status"] = .integer(Int64(error.code))
            members["availability"] = error.availability?.json
        } else {
            members["code"] = .integer(Int64(error.code))
            members["metadata"] = .object(error.metadata.merging(["error_type": .string(error.kind)]) { own, _ in own })
        }
        return .object(members)
    }

    private func vLLM(_ error: APIError) -> JSONValue {
        members(
            error, type: Self.vLLMTypes[error.code] ?? "InternalServerError", code: .integer(Int64(error.code)))
    }

    /// The code is written as a text, and so is what is missing.
    private func liteLLM(_ error: APIError) -> JSONValue {
        [
            "message": .string(error.message), "type": .string(Self.liteLLMTypes[error.code] ?? "None"),
            "param": "None", "code": .string(String(error.code)),
        ]
    }

    private func members(_ error: APIError, type: String, code: JSONValue) -> JSONValue {
        [
            "message": .string(error.message), "type": .string(type), "param": .optional(error.parameter),
            "code": code,
        ]
    }

    private func llamaCpp(_ error: APIError) -> JSONValue {
        var members: [String: JSONValue] = [
            "code": .integer(Int64(error.code)), "message": .string(error.message),
            "type": .string(Self.llamaCppTypes[error.code] ?? "server_error"),
        ]
        if let tokens = error.promptTokens {
            members["type"] = "exceed_context_size_error"
            members["n_prompt_tokens"] = .integer(Int64(tokens))
            members["n_ctx"] = 1
        }
        return .object(members)
    }

    // By status.
    private static let ollamaTypes = [400: "invalid_request_error", 404: "not_found_error"]
    private static let vLLMTypes = [
        400: "BadRequestError", 401: "AuthenticationError", 403: "PermissionDeniedError", 404: "NotFoundError",
        429: "RateLimitError", 503: "ServiceUnavailableError",
    ]
    private static let llamaCppTypes = [
        400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
        503: "unavailable_error",
    ]
    private static let liteLLMTypes = [
        400: "invalid_request_error", 401: "auth_error", 429: "throttling_error", 403: "budget_exceeded",
    ]
}

extension APIError {
    fileprivate var openAIType: String {
        switch kind {
        case "rate_limit_exceeded": "requests"
        case "payment_required": "insufficient_quota"
        default: (400...499).contains(code) ? "invalid_request_error" : "server_error"
        }
    }

    fileprivate var openAICode: String? {
        switch kind {
        case "rate_limit_exceeded", "context_length_exceeded", "unsupported_parameter": kind
        case "payment_required": "insufficient_quota"
        case "authentication": "invalid_api_key"
        case "not_found": "model_not_found"
        default: nil
        }
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue {
        text.map { .string($0) } ?? .null
    }
}
