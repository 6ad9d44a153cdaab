import Bellhop
import BellhopTesting
import Foundation
import TestSupport
import Testing

@Suite struct CannedAnswersTests {
    private func withAnswers(
        _ files: [String: String], body: (CannedAnswers) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with(files) { try await body(CannedAnswers(folder: $0)) }
    }

    private func entry(_ reason: String, task: String = "classification", when: String = "") -> String {
        """
        {"task": "\(task)", "answer": "Mood", "when": [\(when)], "reply": {"urgency": "low", "reason": "\(reason)"}}
        """
    }

    private func ask(_ answers: CannedAnswers) async throws -> ScriptedModels {
        let models = answers.models()
        _ = try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        return models
    }

    @Test func `the first entry whose texts all occur answers`() async throws {
        let file = [
            entry("one", when: #""Friday", "Monday""#), entry("two", when: #""Friday", "please""#),
            entry("three", when: #""Friday""#),
        ].joined(separator: ",")
        try await withAnswers(["a.json": "[\(file)]"]) { answers in
            let question = try #require(try await ask(answers).questions.first)
            #expect(answers.entry(for: question)?.reply["reason"] == "two")
        }
    }

    @Test func `defaults come last whatever the file they stand in`() async throws {
        let files = ["a.json": "[\(entry("default"))]", "b.json": "[\(entry("special", when: #""Friday""#))]"]
        try await withAnswers(files) { answers in
            #expect(answers.entries.map { $0.reply["reason"] } == ["special", "default"])
        }
    }

    @Test func `an entry for another task does not count`() async throws {
        try await withAnswers(["a.json": "[\(entry("x", task: "translation"))]"]) { answers in
            await #expect(throws: ScriptError.unexpectedQuestion("Mood")) { try await ask(answers) }
        }
    }

    @Test func `an entry without a task answers the questions of every task`() async throws {
        let file = #"[{"answer": "Mood", "reply": {"urgency": "low", "reason": "any"}}]"#
        try await withAnswers(["a.json": file]) { answers in
            let models = try await ask(answers)
            #expect(models.questions.map(\.answer) == ["Mood"])
        }
    }

    @Test func `a file of another form throws`() async throws {
        await #expect(throws: CannedAnswersError.self) {
            try await withAnswers(["a.json": #"{"answer": "Mood"}"#]) { _ in }
        }
    }
}
