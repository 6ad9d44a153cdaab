import Bellhop
import BellhopTesting
import Testing

@Suite struct StepNamesTests {
    @Test func `questions of one name are counted, one after another`() throws {
        var names = StepNames()
        for occurrence in 0..<3 {
            #expect(try names.begin("Mood") == occurrence)
            names.end("Mood")
        }
        #expect(try names.begin("Wish") == 0)
        #expect(try names.begin("Mood") == 3)
    }

    @Test func `two under way under one name are refused, and the first is not disturbed`() throws {
        var names = StepNames()
        _ = try names.begin("Mood")
        #expect(throws: StepNameError.askedAtOnce("Mood")) { try names.begin("Mood") }
        names.end("Mood")
        #expect(try names.begin("Mood") == 1)
    }

    @Test(arguments: ["", String(repeating: "é", count: 101)])
    func `a name that cannot be stored is refused`(name: String) {
        var names = StepNames()
        #expect(throws: StepNameError.unusable) { try names.begin(name) }
    }

    private struct Twin: WebhookHandler {
        static let id = "twin"
        static let topics: [Topic] = ["orders/create"]
        static let routing = Routing(.highVolume, task: .classification)
        static let effects: Set<Effect.Kind> = []

        struct Answer: ModelAnswer {
            var isGood: Bool
            static let schema: Schema = .object(["isGood": .boolean])
        }

        init(settings: NoSettings) {}

        func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
            async let one = context.ask(for: Answer.self, "One?", about: [:], step: "one")
            async let two = context.ask(for: Answer.self, "Two?", about: [:], step: "two")
            _ = try await (one, two)
            return []
        }
    }

    @Test func `a test sees the names of questions`() async throws {
        let models = ScriptedModels(.json("Answer", ["isGood": true]), .json("Answer", ["isGood": false]))
        let sample = Sample(topic: "orders/create", json: "{}")
        _ = try await run(Twin(settings: NoSettings()), on: sample.event(), with: models)
        #expect(Set(models.questions.map(\.step)) == ["one", "two"])
        #expect(models.questions.map(\.answer) == ["Answer", "Answer"])
    }
}
