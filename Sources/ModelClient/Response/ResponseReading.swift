/// What a response comes down to, whether it came as a whole or piece by piece.
struct ResponseReading: Equatable {
    /// The HTTP status.
    var status: Int
    /// The id under which the provider tells about the answer later, and what it cost.
    var generationID: String?
    /// The model that answered, in the provider's words.
    var servedModel: String?
    var report: UsageReport = .nothing
    /// Events of a stream that could not be read and were passed over.
    var unreadEvents = 0
    var result: Result<Completion, FailureSignal>
}

/// Names that a response gives, as far as they look like names: they are stored and shown.
enum ResponseNames {
    static let generationHeader = "X-Generation-Id"

    /// OpenRouter's id of an answer. It also stands in a header, which comes before the body and so survives its loss.
    ///
    /// Other servers' ids are worth nothing later, and so count for none.
    static func generationID(body id: String?, header: String?) -> String? {
        if let id, id.hasPrefix("gen-"), isName(id) { return id }
        return header.flatMap { isName($0) ? $0 : nil }
    }

    /// - Returns: `nil` for what is no name of a model.
    static func model(_ name: String?) -> String? {
        name.flatMap { isName($0) ? $0 : nil }
    }

    /// 1 to 200 visible ASCII characters; llama.cpp's models are file paths.
    private static func isName(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
