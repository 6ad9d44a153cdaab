/// A file of canned answers that cannot be used.
public struct CannedAnswersError: Error, Hashable, CustomStringConvertible {
    public let path: String
    /// What is wrong with it, in words that follow its path.
    public let problem: String

    public var description: String {
        "\(path) \(problem)"
    }
}

extension DecodingError {
    /// Where the file is wrong, without quoting it.
    var place: String {
        switch self {
        case .keyNotFound(let key, let context): "has no \"\(key.stringValue)\" at \(context.codingPath.readable)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "has a value of the wrong type at \(context.codingPath.readable)"
        default: "is not a JSON array of answers"
        }
    }
}

extension [any CodingKey] {
    /// For example `[2].when`.
    fileprivate var readable: String {
        isEmpty
            ? "the top"
            : map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
    }
}
