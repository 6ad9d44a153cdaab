package import Vocabulary

/// A reply written in advance, and the questions it answers.
package struct CannedAnswer: Sendable, Hashable, Decodable {
    /// The task it belongs to; it answers requests that carry no schema but name this task.
    package var task: String?
    /// The name of the answer's schema.
    package var answer: String
    /// Texts that must all occur in what the user says. Empty answers every question.
    package var when: [String]
    package var reply: JSONValue
    /// What the model thinks before it replies. It is charged like the reply and counts against `max_tokens`.
    package var reasoning: String?

    package init(
        task: String? = nil, answer: String, when: [String] = [], reply: JSONValue, reasoning: String? = nil
    ) {
        self.task = task
        self.answer = answer
        self.when = when
        self.reply = reply
        self.reasoning = reasoning
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try container.decodeIfPresent(String.self, forKey: .task)
        answer = try container.decode(String.self, forKey: .answer)
        when = try container.decodeIfPresent([String].self, forKey: .when) ?? []
        reply = try container.decode(JSONValue.self, forKey: .reply)
        reasoning = try container.decodeIfPresent(String.self, forKey: .reasoning)
    }

    func answers(_ request: CompletionRequest) -> Bool {
        let asked =
            switch (request.answerName, request.task) {
            case (let name?, _): name == answer
            case (nil, let label?): label == task
            case (nil, nil): false
            }
        return asked && when.allSatisfy(request.userText.contains)
    }

    private enum CodingKeys: String, CodingKey {
        case task, answer, when, reply, reasoning
    }
}
