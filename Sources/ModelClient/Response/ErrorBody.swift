import Foundation
import Vocabulary

/// The error of a response, in any of the shapes that servers use.
///
/// OpenRouter has `{"error": {"code", "message", "metadata": {"error_type"}}}` and, since August 2026, an
/// `availability` object in place of the code; OpenAI and Ollama have a `type`, LiteLLM writes the code as text, older
/// vLLM servers put all fields at the top, and some send a bare text.
struct ErrorBody {
    /// A status inside the body: a numeric `code`, also as text, or `http_status`.
    var status: Int?
    /// Machine words that may name the problem, the most reliable first, in lower case.
    var words: [String]
    /// Free text to look for known phrases in. It may quote the prompt and must go nowhere else.
    var text: String
    /// Which of the request's own constraints left endpoints out, in OpenRouter's words, in lower case.
    var excludedBy: [String]
    /// Seconds.
    var retryAfter: Double?
    /// The headers of the upstream's response, names in lower case.
    var headers: [String: String]
    var isRetryable: Bool?
    /// Whether a moderation or a guardrail speaks.
    var isModeration: Bool

    /// The error that a response body or an event of a stream reports, or `nil` when it reports none.
    init?(in body: JSONValue) {
        let places = [body["error"], body["choices"]?[0]?["error"]]
        if let error = places.compactMap({ $0 }).first(where: { $0 != .null }) {
            self.init(error)
        } else if body["object"]?.string == "error" {
            self.init(body)
        } else {
            return nil
        }
    }

    /// Reads an error object, or a bare text.
    init(_ error: JSONValue) {
        let availability = error["availability"]
        let metadata = error["metadata"]
        let code = error["code"]
        status = code?.wholeNumber ?? code?.string.flatMap { Int($0) } ?? error["http_status"]?.wholeNumber
        words = [
            availability?["code"], metadata?["error_type"], error["error_type"], code, error["type"],
            metadata?["provider_code"],
        ].compactMap { $0?.string?.prefix(64).lowercased() }
        text = [error, error["message"], metadata?["raw"], metadata?["limit_source"]]
            .compactMap { $0?.string?.prefix(4096).lowercased() }
            .joined(separator: "\n")
        excludedBy = ((availability?["excluded_by"]?.elements ?? []) + [availability?["constraint"]?["field"]])
            .prefix(16).compactMap { $0?.string?.prefix(64).lowercased() }
        retryAfter = availability?["retry_after"]?.anyNumber
        headers = metadata?["headers"]?.headers ?? [:]
        isRetryable = availability?["retryable"]?.bool
        isModeration = ["reasons", "flagged_input", "patterns"].contains { metadata?[$0] != nil }
    }
}

extension JSONValue {
    fileprivate var wholeNumber: Int? {
        integer.map { Int(clamping: $0) }
    }

    /// A number, also when written as text.
    fileprivate var anyNumber: Double? {
        decimal.map { NSDecimalNumber(decimal: $0).doubleValue } ?? string.flatMap(RetryHint.seconds)
    }

    /// An object of texts and numbers as headers; at most 64 of them.
    fileprivate var headers: [String: String]? {
        members.map { members in
            Dictionary(
                members.prefix(64).compactMap { name, value in
                    (value.string ?? value.decimal?.description).map { (name.lowercased(), $0) }
                },
                uniquingKeysWith: { first, _ in first })
        }
    }
}
