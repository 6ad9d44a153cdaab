/// What the work on one event may take, all its questions together. Money is bounded by the handler's spend limit.
package struct EventBounds: Sendable, Hashable {
    /// Requests sent to models for one attempt at an event.
    package var maxRequests: Int
    /// Longest time for one attempt at an event.
    package var deadline: Duration
    /// Longest time for one question.
    package var questionDeadline: Duration
    /// Tokens of one answer.
    package var maxTokens: Int

    package init(
        maxRequests: Int = 20, deadline: Duration = .seconds(300), questionDeadline: Duration = .seconds(120),
        maxTokens: Int = 1000
    ) {
        self.maxRequests = max(1, maxRequests)
        self.deadline = deadline
        self.questionDeadline = questionDeadline
        self.maxTokens = max(16, maxTokens)
    }
}
