extension Fault: CustomStringConvertible {
    /// The fault with its parameter, for example `rate_limited:3600`.
    package var description: String {
        switch self {
        case .rateLimited(let retryAfter): Self.text("rate_limited", retryAfter)
        case .unavailable(let retryAfter): Self.text("unavailable", retryAfter)
        case .slow(let milliseconds): "slow:\(milliseconds)"
        case .raw: "raw"
        default: Self.plain.first { $0.value == self }?.key ?? "unknown"
        }
    }

    /// Reads the text form.
    ///
    /// - Throws: ``FaultRuleError`` for an unknown name or a parameter that does not fit.
    package init(text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        let parameter = parts.count > 1 ? parts[1] : nil
        switch name {
        case "rate_limited": self = .rateLimited(retryAfter: parameter)
        case "unavailable": self = .unavailable(retryAfter: parameter)
        case "slow":
            guard let parameter, let milliseconds = Int(parameter), (0...Self.longestDelay).contains(milliseconds)
            else {
                throw FaultRuleError("slow needs milliseconds from 0 to \(Self.longestDelay), for example slow:1500")
            }
            self = .slow(milliseconds: milliseconds)
        default:
            guard let fault = Self.plain[name] else { throw FaultRuleError(Self.unknown(name)) }
            guard parameter == nil else { throw FaultRuleError("\(name) takes no parameter") }
            self = fault
        }
    }

    /// The text forms of all faults that can be named, for a help text.
    package static var names: [String] {
        (plain.keys + ["rate_limited[:RETRY-AFTER]", "slow:MILLISECONDS", "unavailable[:RETRY-AFTER]"]).sorted()
    }

    private static let longestDelay = 3_600_000

    private static let plain: [String: Fault] = [
        "bad_gateway": .badGateway, "choice_error": .choiceError, "context_too_long": .contextTooLong,
        "cut_before_headers": .cutBeforeHeaders, "cut_mid_body": .cutMidBody, "daily_quota": .dailyQuota,
        "empty_body": .emptyBody, "empty_choices": .emptyChoices, "empty_content": .emptyContent,
        "error_body": .errorBody, "fenced_json": .fencedJSON, "flat_error": .flatError, "hang": .hang,
        "invalid_json": .invalidJSON, "leading_whitespace": .leadingWhitespace, "missing_usage": .missingUsage,
        "null_content": .nullContent, "null_cost": .nullCost, "overloaded": .overloaded,
        "payment_required": .paymentRequired, "schema_breaking": .schemaBreaking, "server_error": .serverError,
        "truncated": .truncated, "unauthorized": .unauthorized, "unknown_model": .unknownModel,
    ]

    private static func text(_ name: String, _ parameter: String?) -> String {
        parameter.map { "\(name):\($0)" } ?? name
    }

    private static func unknown(_ name: String) -> String {
        let listed = names.joined(separator: ", ")
        return name == "raw"
            ? "a raw response can be written in a file only"
            : "there is no fault named \"\(name.prefix(40))\"; known are: \(listed)"
    }
}

extension Fault: Codable {
    /// The text form, or `{"raw": {"status": …, "headers": {…}, "body": "…"}}`.
    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: RawKey.self) {
            self = .raw(try container.decode(RawResponse.self, forKey: .raw))
            return
        }
        let container = try decoder.singleValueContainer()
        do {
            try self.init(text: container.decode(String.self))
        } catch let error as FaultRuleError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if case .raw(let response) = self {
            var container = encoder.container(keyedBy: RawKey.self)
            try container.encode(response, forKey: .raw)
        } else {
            var container = encoder.singleValueContainer()
            try container.encode(description)
        }
    }

    private enum RawKey: String, CodingKey {
        case raw
    }
}
