public import Bellhop

/// A reply written in advance, and the questions it answers.
public struct CannedAnswer: Sendable, Hashable, Decodable {
    /// The task of the questions that it answers; `nil` answers those of every task. A text that is asked for without a
    /// schema is found by its task alone.
    public let task: TaskType?
    /// The name of the answer's type.
    public let answer: String
    /// Texts that must all occur in the data. Empty answers every question.
    public let when: [String]
    public let reply: JSONValue
    /// What the model thinks before it replies. The stand-in charges it like the reply and counts it against
    /// `max_tokens`.
    public let reasoning: String?

    package init(
        task: TaskType? = nil, answer: String, when: [String] = [], reply: JSONValue, reasoning: String? = nil
    ) {
        self.task = task
        self.answer = answer
        self.when = when
        self.reply = reply
        self.reasoning = reasoning
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try container.decodeIfPresent(TaskType.self, forKey: .task)
        answer = try container.decode(String.self, forKey: .answer)
        when = try container.decodeIfPresent([String].self, forKey: .when) ?? []
        reply = try container.decode(JSONValue.self, forKey: .reply)
        reasoning = try container.decodeIfPresent(String.self, forKey: .reasoning)
    }

    private enum CodingKeys: String, CodingKey {
        case task, answer, when, reply, reasoning
    }
}
