import Bellhop

/// What is left of an event's bounds for its next question.
struct EventAllowance: Sendable, Hashable {
    var requests: Int
    var money: USD
    /// Longest time for the question.
    var time: Duration
    /// Tokens of one answer.
    var maxTokens: Int
}
