/// A poor answer and what is wrong with it, to be shown to the model that gave it.
struct Correction: Sendable, Hashable {
    /// The most of an answer that is sent back: enough to mend it, and a bound on what the repetition costs.
    static let maxAnswerBytes = 16 << 10
    static let maxComplaintBytes = 2 << 10

    /// What the model wrote, see ``Completion/transcript``.
    var answer: String
    /// The rules it breaks, as ``AnswerJudge`` names them.
    var complaint: String

    /// The two turns that follow the conversation.
    var messages: [ModelCall.Message] {
        // An empty turn is refused by some servers, and two turns of a user in a row by some chat templates.
        let shown = answer.allSatisfy(\.isWhitespace) ? "(no answer)" : Self.cut(answer, to: Self.maxAnswerBytes)
        return [
            ModelCall.Message(.assistant, shown),
            ModelCall.Message(
                .user,
                """
                Your answer breaks these rules: \(Self.cut(complaint, to: Self.maxComplaintBytes))
                Give the whole answer again so that it keeps every rule. Write nothing about the correction.
                """),
        ]
    }

    /// The beginning of a text, cut between characters.
    private static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text[..<end]) + " …"
    }
}
