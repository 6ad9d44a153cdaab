import Bellhop
import BellhopTesting
import Testing

@Suite struct ContextTests {
    private func greet(_ models: ScriptedModels) async throws -> [Effect] {
        try await run(OrderGreeter(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
    }

    @Test func `an answer arrives as its own type`() async throws {
        let models = try ScriptedModels(.answer(OrderGreeter.Mood(urgency: .high, reason: "a date")))
        let effects = try await greet(models)
        #expect(effects == [.tag(.order(9_007_199_254_740_993), ["urgency:high"])])
        #expect(models.unused.isEmpty)
    }

    @Test func `a question carries instructions, data and routing apart`() async throws {
        let models = ScriptedModels(.json("Mood", ["urgency": "low", "reason": ""]))
        _ = try await greet(models)
        let question = try #require(models.questions.first)
        #expect(question.instructions == "How urgent is this order to the customer?")
        #expect(question.data.contains(#""note":"By Friday, please!""#))
        #expect(question.routing == Routing(.highVolume, task: .classification))
    }

    @Test func `an answer that breaks the schema is passed over`() async throws {
        let models = ScriptedModels(
            .json("Mood", ["urgency": "extreme", "reason": ""]), .json("Mood", ["urgency": "low", "reason": ""]))
        #expect(try await greet(models) == [.tag(.order(9_007_199_254_740_993), ["urgency:low"])])
        #expect(models.questions.first?.rejections == ["urgency must be one of: low, high"])
    }

    @Test func `an answer that the check refuses is passed over`() async throws {
        let models = ScriptedModels(
            .json("Mood", ["urgency": "high", "reason": "Order #9999 is late"]),
            .json("Mood", ["urgency": "low", "reason": "Order #1047 can wait"]))
        #expect(try await greet(models) == [.tag(.order(9_007_199_254_740_993), ["urgency:low"])])
        #expect(models.questions.first?.rejections == ["names an order number that is not in the event"])
    }

    @Test func `an answer that satisfies the schema but not the type is refused`() async throws {
        struct Loose: ModelAnswer {
            var number: Int
            static let schema: Schema = .object(["number": .string])
        }
        struct Asking: WebhookHandler {
            static let id = "asking"
            static let topics: [Topic] = ["orders/create"]
            static let routing = Routing(.highVolume, task: .classification)
            static let effects: Set<Effect.Kind> = []
            init(settings: NoSettings) {}
            func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
                _ = try await context.ask(for: Loose.self, "Count.", about: [:])
                return []
            }
        }
        let models = ScriptedModels(.json("Loose", ["number": "three"]))
        await #expect(throws: ScriptError.self) {
            try await run(Asking(settings: NoSettings()), on: OrderGreeter.sample.event(), with: models)
        }
        #expect(models.questions.first?.rejections == ["the answer does not decode as the type asked for"])
    }
}
