/// What a model is told about its poor answer.
struct Correction: Equatable {
    /// The longest answer that is shown to the model again, in bytes.
    private static let longestAnswer = 8_192

    let answer: String
    /// Which rules it broke.
    let complaint: String

    init(answer: String, complaint: String) {
        self.answer = String(decoding: answer.utf8.prefix(Self.longestAnswer), as: UTF8.self)
        self.complaint = complaint
    }
}
