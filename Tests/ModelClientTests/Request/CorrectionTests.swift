import Foundation
import Testing
import Vocabulary

@testable import ModelClient

struct CorrectionTests {
    private func turns(_ answer: String, _ complaint: String = "label is missing") throws -> [JSONValue] {
        let body = try RequestEncoder.sample(.openRouter).json(
            for: .sample(.mood()), correction: Correction(answer: answer, complaint: complaint))
        return try #require(body["messages"]?.elements)
    }

    @Test func `shows the poor answer and the rules it breaks after the conversation`() throws {
        let turns = try turns(#"{"mood":"happy"}"#)
        #expect(turns.map { $0["role"] } == ["system", "user", "assistant", "user"])
        #expect(turns[2]["content"] == #"{"mood":"happy"}"#)
        #expect(
            turns[3]["content"]
                == """
                Your answer breaks these rules: label is missing
                Give the whole answer again so that it keeps every rule. Write nothing about the correction.
                """)
    }

    @Test func `bounds what it sends back`() throws {
        let turns = try turns(String(repeating: "😀", count: 100_000), String(repeating: "x", count: 100_000))
        let answer = try #require(turns[2]["content"]?.string)
        #expect(answer == String(repeating: "😀", count: 4096) + " …")
        #expect(try #require(turns[3]["content"]?.string).utf8.count < 3000)
    }

    @Test func `cuts between characters`() throws {
        let answer = try #require(try turns("x" + String(repeating: "é", count: 10_000))[2]["content"]?.string)
        #expect(answer == "x" + String(repeating: "é", count: 8191) + " …")
    }

    @Test(arguments: ["", " \n"])
    func `has something to show for an empty answer`(answer: String) throws {
        #expect(try turns(answer)[2]["content"] == "(no answer)")
    }

    @Test func `comes after a schema in the prompt`() throws {
        let encoder = RequestEncoder.sample(.compatible) { $0.structuredOutput = false }
        let body = try encoder.json(for: .sample(.mood()), correction: Correction(answer: "a", complaint: "b"))
        #expect(body["messages"]?.elements?.count == 4)
        #expect(body["messages"]?[0]?["content"]?.string?.contains("JSON Schema") == true)
    }
}
