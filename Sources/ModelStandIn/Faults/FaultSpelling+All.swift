extension FaultSpelling {
    static let all = refusals + deliveries + contents + bodies + streams

    private static let refusals: [FaultSpelling] = [
        .text("rate_limited", "RETRY-AFTER", make: Fault.rateLimited),
        .text("rate_limit_reset", "EPOCH", make: Fault.rateLimitReset),
        .plain("daily_quota", .dailyQuota),
        .optionalNumber("capacity_exhausted", "seconds", in: 0...86_400, make: Fault.capacityExhausted),
        .text("unavailable", "RETRY-AFTER", make: Fault.unavailable),
        .plain("overloaded", .overloaded),
        .plain("unauthorized", .unauthorized),
        .plain("payment_required", .paymentRequired),
        .optionalNumber("fewer_max_tokens", "affordable", in: 1...1_000_000_000, make: Fault.fewerMaxTokens),
        .plain("key_limit", .keyLimit),
        .plain("budget_exceeded", .budgetExceeded),
        .plain("unknown_model", .unknownModel),
        .plain("no_endpoints", .noEndpoints),
        .plain("over_max_price", .overMaxPrice),
        .plain("context_too_long", .contextTooLong),
        .plain("server_error", .serverError),
        .plain("bad_gateway", .badGateway),
        .plain("edge_timeout", .edgeTimeout),
        .plain("flat_error", .flatError),
        .plain("string_code", .stringCode),
        .plain("no_code", .noCode),
        .plain("error_body", .errorBody),
    ]

    private static let deliveries: [FaultSpelling] = [
        .number("slow", "milliseconds", in: times, make: Fault.slow),
        .number("slow_body", "milliseconds", in: times, make: Fault.slowBody),
        .plain("hang", .hang),
        .plain("cut_before_headers", .cutBeforeHeaders),
        .plain("cut_mid_body", .cutMidBody),
        .plain("reset_after_headers", .resetAfterHeaders),
    ]

    private static let contents: [FaultSpelling] = [
        .plain("empty_content", .emptyContent),
        .plain("null_content", .nullContent),
        .plain("truncated", .truncated),
        .plain("schema_breaking", .schemaBreaking),
        .plain("fenced_json", .fencedJSON),
        .text("other_model", "MODEL", make: Fault.otherModel),
    ]

    private static let bodies: [FaultSpelling] = [
        .plain("empty_body", .emptyBody),
        .plain("invalid_json", .invalidJSON),
        .plain("leading_whitespace", .leadingWhitespace),
        .plain("empty_choices", .emptyChoices),
        .plain("choice_error", .choiceError),
        .plain("missing_usage", .missingUsage),
        .plain("null_cost", .nullCost),
        .plain("exponent_cost", .exponentCost),
        FaultSpelling(name: "cost_as", placeholder: ":NUMBER", read: costAs),
        .plain("extra_fields", .extraFields),
    ]

    /// Those that only streams meet.
    static let streams: [FaultSpelling] = [
        .plain("usage_without_choices", .stream(.usageWithoutChoices)),
        .plain("usage_with_empty_choice", .stream(.usageWithEmptyChoice)),
        .plain("usage_on_finish", .stream(.usageOnFinish)),
        .plain("usage_on_every_chunk", .stream(.usageOnEveryChunk)),
        .number("comments_first", "milliseconds", in: times) { .stream(.commentsFirst(milliseconds: $0)) },
        .plain("malformed_line", .stream(.malformedLine)),
        .plain("missing_done", .stream(.missingDone)),
        .plain("split_characters", .stream(.splitCharacters)),
        .plain("crlf", .stream(.crlf)),
        .plain("not_streamed", .stream(.notStreamed)),
        .number("cut_after", "tokens", in: tokens) { .stream(.cut(afterTokens: $0)) },
        .number("end_after", "tokens", in: tokens) { .stream(.end(afterTokens: $0)) },
        .number("stall_after", "tokens", in: tokens) { .stream(.stall(afterTokens: $0)) },
        .plain("stream_error", .stream(.error)),
        .plain("stream_error_word", .stream(.errorWithWord)),
    ]

    /// In milliseconds.
    private static let times = 0...3_600_000
    private static let tokens = 0...1_000_000_000

    @Sendable private static func costAs(_ parameter: String?) throws -> Fault {
        let number = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/
        guard let parameter, parameter.utf8.count <= 64, parameter.wholeMatch(of: number) != nil else {
            throw FaultRuleError("cost_as needs a number as JSON writes it, for example cost_as:1e-05")
        }
        return .costAs(parameter)
    }
}
