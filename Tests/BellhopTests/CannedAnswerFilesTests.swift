import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Bellhop
@testable import BellhopTesting

struct CannedAnswerFilesTests {
    @Test func readsFilesInTheOrderOfTheirNames() throws {
        let answers = try Self.load([
            "b.json": #"[{"answer": "third", "reply": 3}]"#,
            "a.json":
                #"[{"task": "t", "answer": "first", "when": ["x"], "reply": {"n": 1.5}}, {"answer": "second", "reply": 2}]"#,
            "notes.txt": "not read",
        ])
        #expect(answers.entries.map(\.answer) == ["first", "second", "third"])
        let first = try #require(answers.entries.first)
        #expect(first.task == "t")
        #expect(first.when == ["x"])
        #expect(first.reply["n"]?.decimal == 1.5)
    }

    @Test(arguments: [
        ("{}", "wrong type at the top"), ("[", "is not a JSON array of answers"),
        (#"[{"answer": "a", "reply": 1}, {"reply": 1}]"#, "has no \"answer\" at [1]"),
        (#"[{"answer": "a"}]"#, "has no \"reply\" at [0]"),
        (#"[{"answer": "a", "when": "x", "reply": 1}]"#, "wrong type at [0].when"),
    ])
    func namesTheFileAndThePlaceThatIsWrong(text: String, hint: String) {
        let error = #expect(throws: CannedAnswersError.self) { try Self.load(["broken.json": text]) }
        #expect(error?.description.contains("broken.json") == true)
        #expect(error?.problem.contains(hint) == true, "\(error?.problem ?? "")")
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: CannedAnswersError.self) { try CannedAnswers(folder: URL(filePath: "/nowhere/at/all")) }
    }

    private static func load(_ files: [String: String]) throws -> CannedAnswers {
        try TemporaryFolder.with(files) { try CannedAnswers(folder: $0) }
    }

    @Test func `an entry for another task leaves the question to the next`() throws {
        let answers = try Self.load([
            "a.json": """
            [{"task": "extraction", "answer": "Reply", "reply": 1}, {"task": "translation", "answer": "Reply", "reply": 2}]
            """
        ])
        let question = try AskedQuestion(
            Question(
                name: "Reply", step: "Reply", instructions: "", data: [:], schema: .boolean, routing: nil,
                policy: .open,
                complaints: { _ in [] }),
            routing: Routing(.highVolume, task: .translation))
        #expect(answers.entry(for: question)?.reply == 2)
    }
}
