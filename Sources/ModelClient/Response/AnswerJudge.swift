import Foundation
import Vocabulary

/// Decides whether what a model wrote is an answer to the question.
struct AnswerJudge {
    let format: AnswerFormat

    /// The answer, or which rules it breaks. The failure names rules and places, never what the model wrote.
    func judge(_ completion: Completion) -> Result<ModelReply.Content, FailureSignal> {
        switch format {
        case .text: judgeText(completion)
        case .json(_, let schema, let complaints): judgeJSON(completion, schema: schema, complaints: complaints)
        }
    }

    private func judgeText(_ completion: Completion) -> Result<ModelReply.Content, FailureSignal> {
        if completion.text.allSatisfy(\.isWhitespace) { return poor(["the answer is empty"]) }
        if completion.isCutOff { return poor(["the answer is cut off at max_tokens"]) }
        return .success(.text(completion.text))
    }

    /// JSON that is whole and valid is an answer, even if the last token allowed was its last bracket.
    private func judgeJSON(
        _ completion: Completion, schema: Schema, complaints: (JSONValue) -> [String]
    ) -> Result<ModelReply.Content, FailureSignal> {
        let values = EmbeddedJSON(text: completion.text).values()
        guard let value = values.first(where: { schema.violations(in: $0).isEmpty }) else {
            if completion.isCutOff { return poor(["the answer is cut off at max_tokens"]) }
            if let first = values.first { return poor(schema.violations(in: first).map(\.description)) }
            let isEmpty = completion.text.allSatisfy(\.isWhitespace)
            return poor([isEmpty ? "the answer is empty" : "the answer is not JSON"])
        }
        let complaints = complaints(value)
        return complaints.isEmpty ? .success(.json(value)) : poor(complaints)
    }

    private func poor(_ rules: [String]) -> Result<ModelReply.Content, FailureSignal> {
        .failure(FailureSignal(.poorAnswer, String(rules.prefix(5).joined(separator: "; ").prefix(500))))
    }
}
