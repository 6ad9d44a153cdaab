import Vocabulary

/// OpenRouter's account of why no endpoint can be asked, and of what to do about it.
struct Availability: Sendable {
    var code: String
    var message: String
    var isRetryable = false
    /// In seconds.
    var retryAfter: Int?
    var requestedModel: String
    var fallbackModels: [String] = []
    var excludedBy: [String] = []
    var constraint: [String: String] = [:]

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "code": .string(code),
            "retryable": .bool(isRetryable),
            "requested_models": [.string(requestedModel)],
            "docs_url": "https://openrouter.ai/docs/api-reference/errors",
        ]
        members["retry_after"] = retryAfter.map { .integer(Int64($0)) }
        members["fallback_models"] = fallbackModels.isEmpty ? nil : .array(fallbackModels.map { .string($0) })
        members["excluded_by"] = excludedBy.isEmpty ? nil : .array(excludedBy.map { .string($0) })
        members["constraint"] = constraint.isEmpty ? nil : .object(constraint.mapValues { .string($0) })
        return .object(members)
    }

    /// Stands for another model where the price list has none.
    static let otherModel = "stand-in/other-model"

    static func noEndpoints(_ model: String, others: [String]) -> Availability {
        Availability(
            code: "no_endpoints", message: "No endpoints found for \(model).", requestedModel: model,
            fallbackModels: others.isEmpty ? [otherModel] : others)
    }

    static func overMaxPrice(_ model: String) -> Availability {
        Availability(
            code: "constraint_filtered", message: "No endpoint of \(model) is within the price asked for.",
            requestedModel: model, excludedBy: ["max_price"],
            constraint: ["field": "provider.max_price", "detail": "Every endpoint costs more."])
    }

    static func capacityExhausted(_ model: String, retryAfter: Int?) -> Availability {
        Availability(
            code: "capacity_exhausted", message: "All providers of \(model) are at capacity.", isRetryable: true,
            retryAfter: retryAfter, requestedModel: model)
    }
}
