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
            (400, .invalidRequest), (401, .authentication), (402, .quotaExceeded), (403, .authentication),
            (404, .unknownModel), (408, .unavailable), (409, .invalidRequest), (412, .invalidRequest),
            (413, .contextTooLong), (422, .invalidRequest), (429, .rateLimited), (500, .unavailable),
            (502, .unavailable),
            (503, .unavailable), (504, .timeout), (520, .unavailable), (523, .unavailable), (524, .timeout),
            (529, .unavailable),
        ] as [(Int, FailureKind)])
    func `tells the kind from the status`(status: Int, kind: FailureKind) {
        #expect(signal(status).kind == kind)
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
            (400, "model_not_found", .unknownModel), (404, "no_endpoints", .unknownModel),
            (404, "constraint_filtered", .unknownModel), (403, "region_restricted", .unknownModel),
            (429, "capacity_exhausted", .rateLimited), (503, "temporarily_unavailable", .unavailable),
        ] as [(Int, String, FailureKind)])
    func `prefers the availability's code`(status: Int, code: String, kind: FailureKind) {
        let signal = signal(status, ["error_type": "invalid_request", "availability": ["code": .string(code)]])
        #expect(signal.kind == kind)
    }

    @Test(
        arguments: [
            (403, "Key limit exceeded (total limit)", .quotaExceeded), (403, "Insufficient credits", .quotaExceeded),
            (403, "Input was flagged by moderation", .refused), (403, "You may not do this", .authentication),
            (401, "No budget, no credits", .authentication),
            (400, "This model's maximum context length is 8192 tokens", .contextTooLong),
            (400, "foo/bar is not a valid model ID", .unknownModel),
            (429, "You have used all requests per day", .quotaExceeded), (429, "Too many requests", .rateLimited),
            (429, "Resource has been exhausted (e.g. check quota).", .rateLimited),
        ] as [(Int, String, FailureKind)])
    func `looks at the words where a status is not enough`(status: Int, message: String, kind: FailureKind) {
        #expect(signal(status, ["code": .integer(Int64(status)), "message": .string(message)]).kind == kind)
    }

    @Test func `sees moderation by its metadata`() {
        #expect(signal(403, ["metadata": ["reasons": ["violence"], "flagged_input": "…"]]).kind == .refused)
    }

    @Test func `blames the account for keys and credit, but not for a model's daily quota`() {
        #expect(signal(401).concernsProvider)
        #expect(signal(402, ["message": "Daily key limit exceeded"]).concernsProvider)
        #expect(signal(429, ["code": "insufficient_quota"]).concernsProvider)
        #expect(!signal(429, ["message": "free-models-per-day"]).concernsProvider)
        #expect(!signal(429).concernsProvider)
        #expect(!signal(500).concernsProvider)
    }

    @Test func `tells overload from other trouble`() {
        #expect(signal(529).isOverload)
        #expect(signal(503, ["metadata": ["error_type": "provider_overloaded"]]).isOverload)
        #expect(!signal(503).isOverload)
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
