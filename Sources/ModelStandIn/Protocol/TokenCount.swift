/// How many tokens a call took.
///
/// The stand-in has no tokenizer: it counts four bytes of UTF-8 as a token, rounded up. That is near what real
/// tokenizers make of English and too low for other scripts.
struct TokenCount: Sendable, Hashable {
    var prompt: Int
    var completion: Int
    /// Those of `completion` that nobody asked to see.
    var reasoning = 0

    static let none = TokenCount(prompt: 0, completion: 0)

    static func tokens(inBytes bytes: Int) -> Int {
        bytes / 4 + (bytes % 4 == 0 ? 0 : 1)
    }
}

extension String {
    /// The longest beginning that takes no more than `tokens`, cut between characters.
    func prefix(tokens: Int) -> Substring {
        self[...].prefix(tokens: tokens)
    }

    /// The text in pieces of about a token each; a character that takes more is a piece of its own.
    var pieces: [String] {
        var pieces: [String] = []
        var rest = self[...]
        while !rest.isEmpty {
            let token = rest.prefix(tokens: 1)
            let piece = token.isEmpty ? rest.prefix(1) : token
            pieces.append(String(piece))
            rest = rest[piece.endIndex...]
        }
        return pieces
    }
}

extension Substring {
    fileprivate func prefix(tokens: Int) -> Substring {
        let (limit, overflow) = tokens.multipliedReportingOverflow(by: 4)
        guard !overflow, utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, String.Index(end, within: self) == nil {
            end = utf8.index(before: end)
        }
        return self[..<end]
    }
}
