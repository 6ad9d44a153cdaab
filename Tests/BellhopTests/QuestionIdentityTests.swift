import Foundation
import Testing

@testable import Bellhop

/// What makes a question the same when it is asked again.
@Suite struct QuestionIdentityTests {
    private func question(
        _ instructions: String = "Judge.", _ data: PromptData = ["a": 1, "b": "x"],
        schema: Schema = .object(["a": .boolean]), policy: DataPolicy = .open, step: String = "s"
    ) -> Question {
        Question(
            name: "Mood", step: step, instructions: instructions, data: data, schema: schema, routing: nil,
            policy: policy, complaints: { _ in [] })
    }

    private func bytes(_ question: Question, task: TaskType = .classification) throws -> Data {
        try question.canonicalData(task: task)
    }

    @Test func `instructions, data, schema and task count`() throws {
        let forms = [
            try bytes(question()), try bytes(question("Judge!")), try bytes(question("Judge.", ["a": 2, "b": "x"])),
            try bytes(question("Judge.", ["b": "x", "a": 1])), try bytes(question("Judge.", ["a": 1])),
            try bytes(question(schema: .object(["a": .boolean.nullable]))),
            try bytes(question(schema: .object(["a": .boolean.described("hint")]))),
            try bytes(question(), task: .extraction),
        ]
        #expect(Set(forms).count == forms.count)
    }

    @Test func `policy and name do not`() throws {
        #expect(try bytes(question(policy: DataPolicy(noTraining: true), step: "t")) == bytes(question()))
    }

    @Test func `the order of an object's members does not`() throws {
        let one = try JSONValue(parsing: Data(#"{"x":1,"y":[2.50]}"#.utf8))
        let two = try JSONValue(parsing: Data(#"{"y":[2.5],"x":1}"#.utf8))
        #expect(try bytes(question("j", ["o": one])) == bytes(question("j", ["o": two])))
    }
}
