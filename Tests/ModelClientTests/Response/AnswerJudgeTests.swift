import Foundation
import Testing
import Vocabulary

@testable import ModelClient

struct AnswerJudgeTests {
    private func judge(
        _ text: String, as format: AnswerFormat = .mood(), isCutOff: Bool = false
    ) -> Result<ModelReply.Content, FailureSignal> {
        AnswerJudge(format: format).judge(Completion(text: text, isCutOff: isCutOff))
    }

    private func poor(_ reason: String) -> Result<ModelReply.Content, FailureSignal> {
        .failure(FailureSignal(.poorAnswer, reason))
    }

    @Test(arguments: [
        #"{"label":"happy"}"#,
        "```json\n{\"label\": \"happy\"}\n```",
        "```\n{\"label\": \"happy\"}\n```\nAnything else?",
        #"Sure! Here it is: {"label":"happy"} I hope {this} helps."#,
        #"An example is {"label":"…"}. The answer is {"label":"happy"}."#,
        #"Of [the two] it is {"label":"happy"}"#,
    ])
    func `finds the JSON in an answer`(text: String) {
        #expect(judge(text) == .success(.json(["label": "happy"])))
    }

    @Test func `is not misled by brackets inside of strings`() {
        let format = AnswerFormat.json(name: "t", schema: .object(["text": .string]), complaints: { _ in [] })
        #expect(judge(#"So: {"text":"a } b { \" ] c"} end"#, as: format) == .success(.json(["text": "a } b { \" ] c"])))
    }

    @Test func `lists broken rules without the answer's values`() {
        #expect(judge(#"{"label":"s3cret"}"#) == poor("label must be one of: happy, unhappy"))
        #expect(
            judge(#"{"mood":"s3cret"}"#)
                == poor("label is missing; answer has a property that the schema does not name"))
    }

    @Test func `takes the caller's complaints last`() {
        let format = AnswerFormat.mood { $0["label"] == "happy" ? ["names no reason"] : [] }
        #expect(judge(#"{"label":"happy"}"#, as: format) == poor("names no reason"))
        #expect(judge(#"{"label":"unhappy"}"#, as: format) == .success(.json(["label": "unhappy"])))
    }

    @Test func `bounds the stored reason`() {
        let format = AnswerFormat.mood { _ in Array(repeating: String(repeating: "x", count: 400), count: 50) }
        guard case .failure(let signal) = judge(#"{"label":"happy"}"#, as: format) else {
            Issue.record("complaints were ignored")
            return
        }
        #expect(signal.reason.count == 500)
    }

    @Test func `wants JSON that is there and whole`() {
        #expect(judge("") == poor("the answer is empty"))
        #expect(judge("happy, I think") == poor("the answer is not JSON"))
        #expect(judge(#"{"label":"hap"#, isCutOff: true) == poor("the answer is cut off at max_tokens"))
        #expect(judge(#"{"label":"happy"}"#, isCutOff: true) == .success(.json(["label": "happy"])))
    }

    @Test func `wants text that is there and whole`() {
        #expect(judge("fine", as: .text) == .success(.text("fine")))
        #expect(judge(" \n", as: .text) == poor("the answer is empty"))
        #expect(judge("fin", as: .text, isCutOff: true) == poor("the answer is cut off at max_tokens"))
    }

    @Test func `gives up on a text of brackets after a few passes`() {
        #expect(judge(String(repeating: "{[", count: 100_000)) == poor("the answer is not JSON"))
    }

    @Test func `takes two answers for none unless they are equal`() {
        let quoted = #"You wrote {"label":"happy"}, but it is {"label":"unhappy"}."#
        #expect(judge(quoted) == poor("the answer holds two that differ"))
        let hiding =
            #"{"label":"happy"}"# + String(repeating: "{", count: 40) + #" is what you wrote. {"label":"unhappy"}"#
        #expect(judge(hiding) == poor("the answer is not JSON"))
        for cut in [
            #"You wrote {"label":"happy"}, but it is {"label":"unh"#, #"[{"label":"happy"}"#,
            #"{"quoted":{"label":"happy"}"#,
        ] {
            #expect(judge(cut, isCutOff: true) == poor("the answer is cut off at max_tokens"))
        }
        #expect(judge("```json\n{\"label\":\"happy\"}\n``", isCutOff: true) == .success(.json(["label": "happy"])))
        #expect(judge(#"{"label":"happy"} or, once more, {"label": "happy"}"#) == .success(.json(["label": "happy"])))
    }
}
