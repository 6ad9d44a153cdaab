import Bellhop
import BellhopTesting
import Testing

@Suite struct ScriptedModelsTests {
    private let good: JSONValue = ["urgency": "low", "reason": ""]
    private let bad: JSONValue = ["urgency": 3]

    @Test func `a question that nobody scripted throws`() async throws {
        let models = ScriptedModels(.json("Temper", good))
        await #expect(throws: ScriptError.unexpectedQuestion("Mood")) {
            try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        }
        #expect(models.questions.map(\.answer) == ["Mood"])
        #expect(models.unused == [.json("Temper", good)])
    }

    @Test func `when every scripted answer is refused the reasons are told`() async throws {
        let models = ScriptedModels(.json("Mood", bad), .json("Mood", .null))
        let error = await #expect(throws: ScriptError.self) {
            try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        }
        let expected = ["urgency must be one of: low, high; reason is missing", "answer must be an object"]
        #expect(error == .noGoodAnswer(to: "Mood", expected))
        #expect(models.questions.first?.rejections == expected)
    }

    @Test func `each scripted answer is given once`() async throws {
        let models = ScriptedModels(.json("Mood", good))
        _ = try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        await #expect(throws: ScriptError.unexpectedQuestion("Mood")) {
            try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        }
        #expect(models.questions.count == 2)
    }

    @Test func `replies can be chosen by looking at the question`() async throws {
        let models = ScriptedModels { [bad, good] question in
            question.data.contains("Friday") ? [bad, good] : []
        }
        let effects = try await run(
            OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        #expect(effects == [.tag(.order(9_007_199_254_740_993), ["urgency:low"])])
        #expect(models.questions.first?.rejections.count == 1)
    }

    @Test func `an effect that was not declared fails the run`() async throws {
        struct Noter: WebhookHandler {
            static let id = "noter"
            static let topics: [Topic] = ["orders/create"]
            static let routing = Routing(.highVolume, task: .classification)
            static let effects: Set<Effect.Kind> = [.tag]
            init(settings: NoSettings) {}
            func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
                [.tag(.order(1), ["a"]), .note(.order(1), "b")]
            }
        }
        await #expect(throws: ScriptError.undeclaredEffect(.note)) {
            try await run(Noter(settings: NoSettings()), on: OrderGreeter.sample.event())
        }
    }
}
