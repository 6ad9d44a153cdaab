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
