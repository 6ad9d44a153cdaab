import Foundation
import Vocabulary

/// What a refusal may speak of.
struct RefusalContext {
    var request: CompletionRequest
    var now: Date
    /// Models that might be asked instead.
    var otherModels: [String]
}

extension Refusal {
    /// The response in the shape of the server that is imitated.
    func outcome(in context: RefusalContext, shape: ErrorShape) -> Outcome {
        switch self {
        case .badGateway: .page(502, "Bad Gateway")
        case .edgeTimeout: .page(524, "A timeout occurred")
        default: Outcome(refusing: error(in: context), shape: shape)
        }
    }

    private func error(in context: RefusalContext) -> APIError {
        switch self {
        case .rateLimited, .rateLimitReset, .dailyQuota, .capacityExhausted, .unavailable, .overloaded:
            overload(context)
        case .unauthorized, .paymentRequired, .fewerMaxTokens, .keyLimit, .budgetExceeded: money(context)
        case .unknownModel, .noEndpoints, .overMaxPrice, .contextTooLong: model(context)
        case .serverError, .badGateway, .edgeTimeout, .flatError, .stringCode, .noCode, .errorBody: server
        }
    }

    private func overload(_ context: RefusalContext) -> APIError {
        switch self {
        case .rateLimited(let hint):
            APIError(429, "rate_limit_exceeded", "Rate limit exceeded", headers: Self.hint(hint))
        case .rateLimitReset(let time):
            APIError(
                429, "rate_limit_exceeded", "Rate limit exceeded",
                metadata: ["headers": Self.limits("20", reset: time ?? Self.minute(after: context.now))])
        case .dailyQuota:
            APIError(
                429, "rate_limit_exceeded", "Rate limit exceeded: free-models-per-day",
                metadata: ["headers": Self.limits("50", reset: nil)])
        case .capacityExhausted(let seconds):
            .unavailable(429, "rate_limit_exceeded", .capacityExhausted(context.request.model, retryAfter: seconds))
        case .unavailable(let hint):
            APIError(503, "provider_overloaded", "No provider is available", headers: Self.hint(hint))
        default: APIError(529, "provider_overloaded", "The provider is overloaded")
        }
    }

    private func money(_ context: RefusalContext) -> APIError {
        switch self {
        case .unauthorized: APIError(401, "authentication", "No auth credentials found")
        case .fewerMaxTokens(let affordable):
            // The words matter: clients find the way out in them.
            APIError(
                402, "payment_required",
                "This request requires more credits, or fewer max_tokens. You requested up to "
                    + "\(context.request.maxTokens) tokens, but can only afford "
                    + "\(affordable ?? context.request.maxTokens / 2).")
        case .keyLimit: APIError(403, "permission_denied", "Key limit exceeded (total limit).")
        case .budgetExceeded: APIError(403, "permission_denied", "The monthly budget of this workspace is exceeded.")
        default: APIError(402, "payment_required", "Insufficient credits")
        }
    }

    private func model(_ context: RefusalContext) -> APIError {
        let model = context.request.model
        return switch self {
        case .noEndpoints: .unavailable(404, "not_found", .noEndpoints(model, others: context.otherModels))
        case .overMaxPrice: .unavailable(404, "not_found", .overMaxPrice(model))
        case .contextTooLong:
            APIError(
                400, "context_length_exceeded", "This endpoint's maximum context length is 1 token.",
                promptTokens: context.request.promptTokens)
        default: APIError(404, "not_found", "No endpoints found for \(model).")
        }
    }

    private var server: APIError {
        switch self {
        case .flatError: APIError(400, "invalid_request", "The request is not valid", shape: .flatVLLM)
        case .stringCode: APIError(500, "server", "Internal Server Error", shape: .wordAsCode)
        case .noCode: APIError(503, "provider_overloaded", "The provider is overloaded", shape: .withoutCode)
        case .errorBody: APIError(200, code: 502, "provider_unavailable", "The provider returned an error")
        default: APIError(500, "server", "Internal Server Error")
        }
    }

    private static func hint(_ retryAfter: String?) -> [String: String] {
        retryAfter.map { ["Retry-After": $0] } ?? [:]
    }

    private static func limits(_ limit: String, reset: String?) -> JSONValue {
        var headers: [String: JSONValue] = ["X-RateLimit-Limit": .string(limit), "X-RateLimit-Remaining": "0"]
        headers["X-RateLimit-Reset"] = reset.map { .string($0) }
        return .object(headers)
    }

    private static func minute(after date: Date) -> String {
        String(Int64((date.timeIntervalSince1970 + 60) * 1000))
    }
}

extension Outcome {
    /// What a proxy in front of the server answers.
    fileprivate static func page(_ status: Int, _ title: String) -> Outcome {
        Outcome(
            status: status, headers: ["Content-Type": "text/html"],
            text: "<html><head><title>\(status) \(title)</title></head><body>\(status) \(title)</body></html>")
    }
}
