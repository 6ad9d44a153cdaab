import Foundation
import Vocabulary

/// Decides whether what a model wrote is an answer to the question.
struct AnswerJudge {
    static let cutOff = "the answer is cut off at max_tokens"

    let format: AnswerFormat
    var tools: [Tool] = []
    var toolChoice = ToolChoice.automatic

    /// The answer, or which rules it breaks. The failure names rules and places, never what the model wrote.
    func judge(_ completion: Completion) -> Result<ModelReply.Content, FailureSignal> {
        if !completion.toolCalls.isEmpty {
            return ToolCallJudge(tools: tools, choice: toolChoice).judge(completion).map { .toolCalls($0) }
        }
        if !tools.isEmpty, toolChoice.demandsCall {
            return .failure(.poor([completion.isCutOff ? Self.cutOff : "the answer calls no tool"]))
        }
        return switch format {
        case .text: judgeText(completion)
        case .json(_, let schema, let complaints): judgeJSON(completion, schema: schema, complaints: complaints)
        }
    }

    private func judgeText(_ completion: Completion) -> Result<ModelReply.Content, FailureSignal> {
        if completion.text.allSatisfy(\.isWhitespace) { return .failure(.poor(["the answer is empty"])) }
        if completion.isCutOff { return .failure(.poor([Self.cutOff])) }
        return .success(.text(completion.text))
    }

    /// JSON that is whole and valid is an answer, even if the last token allowed was its last bracket. Where more was cut
    /// off, what is whole may be no more than quoted.
    private func judgeJSON(
        _ completion: Completion, schema: Schema, complaints: (JSONValue) -> [String]
    ) -> Result<ModelReply.Content, FailureSignal> {
        let found = EmbeddedJSON(text: completion.text)
        if completion.isCutOff, !found.endsWithLast { return .failure(.poor([Self.cutOff])) }
        let valid = found.values.filter { schema.violations(in: $0).isEmpty }
        guard let value = valid.first else {
            if completion.isCutOff { return .failure(.poor([Self.cutOff])) }
            if let first = found.values.first {
                return .failure(.poor(schema.violations(in: first).map(\.description)))
            }
            let isEmpty = completion.text.allSatisfy(\.isWhitespace)
            return .failure(.poor([isEmpty ? "the answer is empty" : "the answer is not JSON"]))
        }
        // One of them may be quoted from the prompt, where a customer can have written it.
        guard valid.allSatisfy({ $0 == value }) else { return .failure(.poor(["the answer holds two that differ"])) }
        let complaints = complaints(value)
        return complaints.isEmpty ? .success(.json(value)) : .failure(.poor(complaints))
    }
}

extension AnswerJudge {
    init(_ call: ModelCall) {
        self.init(format: call.answer, tools: call.tools, toolChoice: call.toolChoice)
    }
}

extension ToolChoice {
    fileprivate var demandsCall: Bool {
        switch self {
        case .automatic, .none: false
        case .required, .only: true
        }
    }
}

extension FailureSignal {
    /// A poor answer, by the rules that it breaks.
    static func poor(_ rules: [String]) -> FailureSignal {
        FailureSignal(.poorAnswer, String(rules.prefix(5).joined(separator: "; ").prefix(500)))
    }
}
