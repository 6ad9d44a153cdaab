/// What the work on one event may take, all its questions together. Money is bounded by the handler's spend limit.
package struct EventBounds: Sendable, Hashable {
    /// Requests sent to models for one attempt at an event.
    package var maxRequests: Int
    /// Longest time for one attempt at an event.
    package var deadline: Duration
    /// How long a handler may take to end when it is cut short, before it is left behind.
    package var grace: Duration
    /// Longest time for one question.
    package var questionDeadline: Duration
    /// Tokens of one answer.
    package var maxTokens: Int

    package init(
        maxRequests: Int = 20, deadline: Duration = .seconds(300), grace: Duration = .seconds(5),
        questionDeadline: Duration = .seconds(120), maxTokens: Int = 1000
    ) {
        self.maxRequests = max(1, maxRequests)
        self.deadline = deadline
        self.grace = grace
        self.questionDeadline = questionDeadline
        self.maxTokens = max(16, maxTokens)
    }

    /// Longest time for the questions of one attempt: a little less, so that the handler hears why there was no answer
    /// before its own time is over.
    var timeForQuestions: Duration { deadline - min(deadline / 20, .seconds(5)) }
}
