import Vocabulary

extension Fault {
    /// The response of a provider that refuses, or `nil` when this fault comes after the model has answered.
    func refusal(of request: CompletionRequest) -> Outcome? {
        if let error = error(for: request) { return Outcome(refusing: error) }
        return switch self {
        case .badGateway:
            Outcome(
                status: 502, headers: ["Content-Type": "text/html"],
                text: "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>")
        case .raw(let response):
            Outcome(status: response.status, headers: response.headers, text: response.body)
        default: nil
        }
    }

    private func error(for request: CompletionRequest) -> APIError? {
        switch self {
        case .rateLimited(let retryAfter):
            .openRouter(429, "rate_limit_exceeded", "Rate limit exceeded", headers: Self.hint(retryAfter))
        case .dailyQuota:
            .openRouter(
                429, "rate_limit_exceeded", "Rate limit exceeded: free-models-per-day",
                metadata: ["headers": ["X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0"]])
        case .unauthorized: .openRouter(401, "authentication", "No auth credentials found")
        case .paymentRequired: .openRouter(402, "payment_required", "Insufficient credits")
        case .unknownModel:
            .openRouter(404, "not_found", "No endpoints found for \(request.model).")
        case .contextTooLong:
            .openRouter(400, "context_length_exceeded", "This endpoint's maximum context length is 1 token.")
        case .serverError: .openRouter(500, "server", "Internal Server Error")
        case .unavailable(let retryAfter):
            .openRouter(503, "provider_overloaded", "No provider is available", headers: Self.hint(retryAfter))
        case .overloaded: .openRouter(529, "provider_overloaded", "The provider is overloaded")
        case .flatError:
            APIError(
                status: 400,
                body: [
                    "object": "error", "message": "The request is not valid", "type": "BadRequestError",
                    "param": .null, "code": 400,
                ])
        case .errorBody:
            APIError(
                status: 200,
                body: APIError.openRouter(502, "provider_unavailable", "The provider returned an error").body)
        default: nil
        }
    }

    private static func hint(_ retryAfter: String?) -> [String: String] {
        retryAfter.map { ["Retry-After": $0] } ?? [:]
    }
}
