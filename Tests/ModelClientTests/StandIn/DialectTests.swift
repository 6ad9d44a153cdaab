import ModelClient
import ModelStandIn
import Testing

/// Against a server that, like OpenAI, answers 400 to a field it does not know.
@Suite(.timeLimit(.minutes(5)))
struct DialectTests {
    /// A question that makes use of every field.
    struct Question: Sendable, CustomTestStringConvertible {
        var dialect: Provider.Dialect
        var answer: AnswerFormat
        var structuredOutput = true
        var testDescription: String

        init(_ dialect: Provider.Dialect, _ answer: AnswerFormat, structuredOutput: Bool = true, _ name: String) {
            self.dialect = dialect
            self.answer = answer
            self.structuredOutput = structuredOutput
            testDescription = "\(dialect.rawValue), \(name)"
        }

        static let all = Provider.Dialect.allCases.flatMap { dialect in
            [
                Question(dialect, .text, "text"),
                Question(dialect, .mood(), "schema as response_format"),
                Question(dialect, .mood(), structuredOutput: false, "schema in the prompt"),
            ]
        }
    }

    @Test(arguments: Question.all.filter { $0.dialect != .openRouter })
    func `sends nothing that OpenAI does not know`(question: Question) async throws {
        let reply = try await ask(question)
        #expect(reply.model == "first")
        #expect(reply.attempts.count == 1)
    }

    /// Shows that the server is as strict as the test above takes it to be.
    @Test(arguments: Question.all.filter { $0.dialect == .openRouter })
    func `sends OpenRouter's own fields to OpenRouter alone`(question: Question) async throws {
        let error = try #require(try await clientError { try await ask(question) })
        #expect(error.code == .stopped)
        #expect(error.attempts.map(\.failure?.kind) == [.invalidRequest])
    }

    private func ask(_ question: Question) async throws -> ModelReply {
        // The strictness comes first: only what is not refused gets this answer.
        let answer = RawResponse(status: 200, body: .answer(#"{"label":"happy"}"#))
        let standIn = StandInConfiguration(faults: [FaultRule(model: "first", fault: .raw(answer))], strict: true)
        var call = ModelCall.sample(question.answer)
        call.temperature = 0.5
        call.metadata = ["task": "classification"]
        call.user = "shop-7f3a"
        call.seed = 7
        call.tools = [Tool(name: "ping", description: "Does nothing.", parameters: .object([:]))]
        return try await StandInStage.with(standIn) { configuration in
            configuration.providers[0].dialect = question.dialect
            configuration.models[0].structuredOutput = question.structuredOutput
            configuration.models[0].reasoningEffort = "low"
        } _: { [call] stage in
            try await stage.client.answer(call)
        }
    }
}
