import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

struct FailureClassifierTests {
    private func signal(_ status: Int, _ error: JSONValue? = nil) -> FailureSignal {
        FailureClassifier(status: status, error: error.map { ErrorBody($0) }).signal
    }

    @Test(
        arguments: [
            (400, .invalidRequest), (401, .authentication), (402, .quotaExceeded), (403, .unavailable),
            (404, .unavailable), (408, .unavailable), (409, .invalidRequest), (412, .invalidRequest),
            (413, .contextTooLong), (422, .invalidRequest), (429, .rateLimited), (500, .unavailable),
            (502, .unavailable),
            (503, .unavailable), (504, .timeout), (520, .unavailable), (523, .unavailable), (524, .timeout),
            (529, .unavailable),
        ] as [(Int, FailureKind)])
    func `tells the kind from the status`(status: Int, kind: FailureKind) {
        #expect(signal(status).kind == kind)
    }

    @Test(arguments: [(403, .authentication), (404, .unknownModel)] as [(Int, FailureKind)])
    func `believes a refusal of key or model only with an error that can be read`(status: Int, kind: FailureKind) {
        #expect(signal(status, ["message": "m"]).kind == kind)
        #expect(signal(status).kind == .unavailable)
        #expect(!signal(status).concernsProvider)
    }

    @Test(
        arguments: [
            (400, "context_length_exceeded", .contextTooLong), (400, "max_tokens_exceeded", .contextTooLong),
            (400, "content_policy_violation", .refused), (400, "refusal", .refused),
            (400, "invalid_prompt", .invalidRequest),
            (403, "permission_denied", .authentication), (404, "not_found", .unknownModel),
            (413, "payload_too_large", .contextTooLong), (422, "unprocessable", .invalidRequest),
            (429, "rate_limit_exceeded", .rateLimited), (500, "server", .unavailable), (500, "unmapped", .unavailable),
            (502, "provider_unavailable", .unavailable), (503, "provider_overloaded", .unavailable),
            (500, "timeout", .timeout), (500, "a word of next year", .unavailable),
        ] as [(Int, String, FailureKind)])
    func `prefers OpenRouter's error type`(status: Int, type: String, kind: FailureKind) {
        #expect(
            signal(status, ["code": .integer(Int64(status)), "metadata": ["error_type": .string(type)]]).kind == kind)
        #expect(signal(status, ["error_type": .string(type)]).kind == kind)
    }

    @Test(
        arguments: [
            (400, "model_not_found", .unknownModel), (400, "wrong_endpoint", .unknownModel),
            (404, "no_endpoints", .unknownModel), (404, "model_deprecated", .unknownModel),
            (404, "model_unavailable_upstream", .unknownModel), (404, "free_variant_ended", .unknownModel),
            (404, "privacy_restricted", .constrained), (404, "constraint_filtered", .constrained),
            (403, "region_restricted", .constrained),
            (429, "capacity_exhausted", .rateLimited), (503, "temporarily_unavailable", .unavailable),
        ] as [(Int, String, FailureKind)])
    func `prefers the availability's code`(status: Int, code: String, kind: FailureKind) {
        let signal = signal(status, ["error_type": "invalid_request", "availability": ["code": .string(code)]])
        #expect(signal.kind == kind)
        #expect(signal.reason == "HTTP \(status), \(code)")
    }

    @Test(
        arguments: [
            ("no_endpoints", ["max_price"], .constrained), ("no_endpoints", [], .unknownModel),
            ("no_endpoints", ["context_length"], .contextTooLong),
            ("constraint_filtered", ["context_length"], .contextTooLong),
            ("constraint_filtered", ["max_price", "context_length"], .constrained),
            ("model_not_found", ["max_price"], .unknownModel), ("capacity_exhausted", ["max_price"], .rateLimited),
            ("temporarily_unavailable", ["max_price"], .unavailable), ("of next year", ["geo"], .constrained),
        ] as [(String, [String], FailureKind)])
    func `sees in the exclusions whose fault it is`(code: String, exclusions: [String], kind: FailureKind) {
        let status = ["capacity_exhausted": 429, "temporarily_unavailable": 503][code] ?? 404
        let signal = signal(
            status,
            [
                "message": "m",
                "availability": [
                    "code": .string(code), "excluded_by": .array(exclusions.map { .string($0) }),
                ],
            ])
        #expect(signal.kind == kind)
    }

    @Test func `names the exclusions it knows, and no others`() {
        let signal = signal(
            404,
            [
                "availability": [
                    "code": "constraint_filtered", "excluded_by": ["s3cret", "max_price", "data_policy:zdr"],
                ]
            ])
        #expect(signal.reason == "HTTP 404, constraint_filtered, excluded by data_policy:zdr and max_price")
        #expect(!signal.concernsProvider)
    }

    @Test(
        arguments: [
            (404, "No endpoints found matching your data policy. Enable it in the settings", .constrained),
            (404, "No endpoints found that match your data policy", .constrained),
            (404, "No endpoints found that support tool use", .constrained),
            (404, "No endpoints found that can handle the requested parameters.", .constrained),
            (404, "No allowed providers are available for the selected model.", .constrained),
            (404, "All providers have been ignored.", .constrained),
            (404, "No endpoints found for maker/a.", .unknownModel),
            (404, "The model `a` does not exist.", .unknownModel),
            (404, "model 'a' not found, try pulling it first", .unknownModel),
            (503, "No endpoints found that satisfy max_price", .constrained),
            (503, "Overloaded", .unavailable),
            (403, "Key limit exceeded (total limit)", .quotaExceeded), (403, "Insufficient credits", .quotaExceeded),
            (403, "Workspace budget exceeded", .quotaExceeded),
            (403, "Input was flagged by moderation", .refused), (403, "You may not do this", .authentication),
            (403, "Insufficient permissions", .authentication),
            (403, "This model is not available in your region", .constrained),
            (401, "No budget, no credits", .authentication),
            (402, "This request requires more credits, or fewer max_tokens", .quotaExceeded),
            (400, "This model's maximum context length is 8192 tokens", .contextTooLong),
            (400, "foo/bar is not a valid model ID", .unknownModel),
            (400, "Budget has been exceeded! Current cost: 1.2, Max budget: 1.0", .quotaExceeded),
            (429, "Budget has been exceeded! Current cost: 1.2, Max budget: 1.0", .quotaExceeded),
            (429, "You have used all requests per day", .quotaExceeded), (429, "Too many requests", .rateLimited),
            (429, "Rate limit exceeded: free-models-per-min", .rateLimited),
            (429, "Rate limit exceeded: free-models-per-day", .quotaExceeded),
            (429, "Quota exceeded for GenerateRequestsPerDayPerProject", .quotaExceeded),
            (429, "Resource has been exhausted (e.g. check quota).", .rateLimited),
        ] as [(Int, String, FailureKind)])
    func `looks at the words where a status is not enough`(status: Int, message: String, kind: FailureKind) {
        #expect(signal(status, ["code": .integer(Int64(status)), "message": .string(message)]).kind == kind)
    }

    @Test func `believes moderation's metadata more than its words`() {
        let error: JSONValue = ["message": "No credits for this text", "metadata": ["flagged_input": "…"]]
        #expect(signal(403, error).kind == .refused)
    }

    @Test func `sees moderation by its metadata`() {
        #expect(signal(403, ["metadata": ["reasons": ["violence"], "flagged_input": "…"]]).kind == .refused)
    }

    @Test func `blames the account for keys and credit, but not for a model's daily quota`() {
        #expect(signal(401).concernsProvider)
        #expect(signal(402, ["message": "Daily key limit exceeded"]).concernsProvider)
        #expect(signal(403, ["message": "Key limit exceeded (total limit)"]).concernsProvider)
        #expect(signal(429, ["code": "insufficient_quota"]).concernsProvider)
        #expect(signal(429, ["type": "budget_exceeded"]).concernsProvider)
        #expect(signal(200, ["code": 402, "message": "m"]).concernsProvider)
        #expect(!signal(429, ["message": "free-models-per-day"]).concernsProvider)
        #expect(!signal(429).concernsProvider)
        #expect(!signal(500).concernsProvider)
    }

    @Test func `hands on whether the same request may be repeated`() {
        #expect(signal(503, ["availability": ["code": "capacity_exhausted", "retryable": true]]).isRetryable == true)
        #expect(signal(429, ["availability": ["code": "capacity_exhausted", "retryable": false]]).isRetryable == false)
        #expect(signal(503).isRetryable == nil)
        // A model that is only lacking for now is no unknown one.
        let lacking = ["availability": ["code": "model_unavailable_upstream", "retryable": true]] as JSONValue
        #expect(signal(404, lacking).kind == .unavailable)
    }

    @Test func `tells overload from other trouble`() {
        #expect(signal(529).isOverload)
        #expect(signal(503, ["metadata": ["error_type": "provider_overloaded"]]).isOverload)
        #expect(signal(503, ["message": "server busy, please try again"]).isOverload)
        #expect(signal(503, ["type": "unavailable_error", "message": "Loading model"]).isOverload)
        #expect(!signal(503).isOverload)
        #expect(!signal(400, ["message": "server busy"]).isOverload)
    }

    @Test(
        arguments: [
            (.notConnected, false, .notConnected), (.nameNotResolved, false, .notConnected),
            (.tls, false, .notConnected),
            (.timeout, true, .timeout), (.timeout, false, .notConnected), (.connectionLost, true, .timeout),
            (.connectionLost, false, .notConnected), (.responseTooLarge, true, .malformedResponse),
            (.invalidRequest, false, .invalidRequest),
        ] as [(TransportError.Code, Bool, FailureKind)])
    func `tells what was never sent from what may have been billed`(
        code: TransportError.Code, sent: Bool, kind: FailureKind
    ) {
        let signal = FailureSignal(TransportError(code, "https://secret.example.com", mayHaveBeenSent: sent))
        #expect(signal.kind == kind)
        #expect(signal.reason == "no response, \(code.rawValue)")
    }
}
