import ModelClient
import Testing

/// One of the 42 answers and failures that a client of chat-completions servers must be ready for, seen in the field.
struct ChecklistCase: Sendable, CustomTestStringConvertible {
    var number: Int
    var name: String
    /// In the stand-in's words; `nil` for none.
    var fault: String?
    var isStream = false
    /// The failures of the model that is asked first, one for each request; empty when its answer is good.
    var failures: [FailureKind] = []
    /// Who answers in the end: "first" of the provider "one", "second" of it too, "third" of another.
    var answeredBy: String? = "first"
    /// Longest time for a request to the first model, for silences that nobody wants to sit out.
    var timeout: Duration = .seconds(50)
    /// Whether the client knows what the provider has charged.
    var knowsCost = true

    var testDescription: String {
        "\(number < 10 ? "0" : "")\(number) \(name)"
    }

    private static func whole(
        _ number: Int, _ name: String, _ fault: String?, _ failures: [FailureKind] = [], by model: String? = nil,
        timeout: Duration = .seconds(50), knowsCost: Bool = true
    ) -> ChecklistCase {
        ChecklistCase(
            number: number, name: name, fault: fault, failures: failures,
            answeredBy: model ?? (failures.isEmpty ? "first" : "second"), timeout: timeout, knowsCost: knowsCost)
    }

    private static func stream(
        _ number: Int, _ name: String, _ fault: String?, _ failures: [FailureKind] = [],
        timeout: Duration = .seconds(50), knowsCost: Bool = true
    ) -> ChecklistCase {
        var item = whole(number, name, fault, failures, timeout: timeout, knowsCost: knowsCost)
        item.isStream = true
        return item
    }

    static let all = bodies + hints + accounts + numbers + streams + timing

    private static let bodies = [
        whole(1, "a normal answer", nil),
        whole(2, "white space, then JSON", "leading_whitespace"),
        whole(3, "200 with an error and no choices", "error_body", times(2, .unavailable)),
        whole(4, "200 with empty choices", "empty_choices", [.malformedResponse]),
        whole(5, "200 with content null", "null_content", [.poorAnswer]),
        whole(6, "200 with empty content, finished with stop", "empty_content", [.poorAnswer]),
        whole(7, "200 with an error in the choice and partial content", "choice_error", times(2, .unavailable)),
        whole(8, "finished because of its length", "truncated", [.poorAnswer]),
        whole(9, "an error with a whole number as code", "server_error", times(2, .unavailable)),
        whole(10, "an error with a word as code", "string_code", times(2, .unavailable)),
        whole(11, "an error without code, with http_status", "no_code", times(2, .unavailable)),
        ChecklistCase(
            number: 12, name: "vLLM's flat error", fault: "flat_error", failures: [.invalidRequest], answeredBy: nil),
        whole(13, "a 502 page in HTML", "bad_gateway", times(2, .unavailable)),
        whole(13, "a 524 page in HTML", "edge_timeout", [.timeout]),
        whole(14, "an empty body", "empty_body", [.malformedResponse], knowsCost: false),
    ]

    private static let hints = [
        whole(15, "429, Retry-After 0", "rate_limited:0", times(4, .rateLimited)),
        whole(15, "429, Retry-After 1", "rate_limited:1", times(4, .rateLimited)),
        whole(15, "429, Retry-After 40, longer than the model's share", "rate_limited:40", [.rateLimited]),
        whole(15, "429, Retry-After 3600", "rate_limited:3600", [.rateLimited]),
        // Ten seconds after the date of `VirtualTime`.
        whole(15, "429, Retry-After a date", "rate_limited:Mon, 29 Dec 2025 09:20:10 GMT", times(4, .rateLimited)),
        whole(15, "429, Retry-After garbage", "rate_limited:garbage", times(4, .rateLimited)),
        whole(15, "429, Retry-After negative", "rate_limited:-5", times(4, .rateLimited)),
        whole(
            16, "429 with the reset in the error's headers alone", "rate_limit_reset:1767000010000",
            times(4, .rateLimited)),
        whole(17, "429 because the day's quota is used up", "daily_quota", [.quotaExceeded]),
    ]

    private static let accounts = [
        whole(18, "402, fewer max_tokens", "fewer_max_tokens", [.quotaExceeded], by: "third"),
        whole(19, "403, budget exceeded", "budget_exceeded", [.quotaExceeded], by: "third"),
        whole(20, "404, no endpoints, other models named", "no_endpoints", [.unknownModel]),
        whole(20, "404, our price leaves no endpoint", "over_max_price", [.constrained]),
    ]

    private static let numbers = [
        whole(21, "no usage", "missing_usage", knowsCost: false),
        whole(22, "cost null", "null_cost"),
        whole(23, "another model than asked", "other_model"),
        whole(24, "fields that nobody has heard of", "extra_fields"),
        whole(25, "the cost with an exponent", "exponent_cost"),
        whole(25, "a cost that nothing can cost", "cost_as:123456789012345678901234567890"),
    ]

    private static let streams = [
        stream(26, "comments, then data", "comments_first:50"),
        stream(27, "usage in a last chunk with empty choices", "usage_without_choices"),
        stream(28, "usage with one empty choice", "usage_with_empty_choice"),
        stream(29, "usage on the finish chunk", "usage_on_finish"),
        stream(30, "usage on every chunk", "usage_on_every_chunk"),
        stream(31, "cut without a word", "cut_after:2", [.timeout], knowsCost: false),
        stream(31, "ended without [DONE] and without a reason", "end_after:2", [.timeout], knowsCost: false),
        stream(32, "a stall", "stall_after:2", [.timeout], timeout: .seconds(2), knowsCost: false),
        stream(33, "a line that is no JSON, the rest fine", "malformed_line"),
        stream(34, "an error in the stream, code a number", "stream_error", times(2, .unavailable)),
        stream(34, "an error in the stream, code a word", "stream_error_word", times(2, .unavailable)),
        stream(35, "no [DONE], but a reason to finish", "missing_done"),
        stream(36, "characters split over reads", "split_characters"),
        stream(37, "lines that end with CR LF", "crlf"),
        stream(38, "a JSON error though a stream was asked for", "overloaded", times(2, .unavailable)),
        stream(38, "a whole answer though a stream was asked for", "not_streamed"),
    ]

    private static let timing = [
        whole(40, "slow headers", "slow:20"),
        whole(41, "a slow body", "slow_body:1"),
        whole(42, "a reset after the headers", "reset_after_headers", [.timeout], knowsCost: false),
        stream(42, "a reset after the headers of a stream", "reset_after_headers", [.timeout], knowsCost: false),
    ]

    private static func times(_ count: Int, _ kind: FailureKind) -> [FailureKind] {
        Array(repeating: kind, count: count)
    }
}
