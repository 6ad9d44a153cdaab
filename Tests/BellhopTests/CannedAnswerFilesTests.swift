import BellhopTesting
import Foundation
import TestSupport
import Testing
import Vocabulary

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
}
