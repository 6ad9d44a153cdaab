/// How many tokens a call took.
///
/// The stand-in has no tokenizer: it counts four bytes of UTF-8 as a token, rounded up. That is near what real
/// tokenizers make of English and too low for other scripts.
struct TokenCount: Sendable, Hashable {
    var prompt: Int
    var completion: Int

    static let none = TokenCount(prompt: 0, completion: 0)

    static func tokens(inBytes bytes: Int) -> Int {
        bytes / 4 + (bytes % 4 == 0 ? 0 : 1)
    }
}

extension String {
    /// The longest beginning that takes no more than `tokens`, cut between characters.
    func prefix(tokens: Int) -> Substring {
        let (limit, overflow) = tokens.multipliedReportingOverflow(by: 4)
        guard !overflow, utf8.count > limit else { return self[...] }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, end.samePosition(in: self) == nil {
            end = utf8.index(before: end)
        }
        return self[..<end]
    }
}
