import Bellhop
import BellhopTesting
import Foundation
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

    /// Declares that it redacts, and asks as its payload says.
    private struct Careful: WebhookHandler {
        static let id = "careful"
        static let topics: [Topic] = ["orders/create"]
        static let routing = Routing(.highVolume, task: .classification)
        static let effects: Set<Effect.Kind> = []
        static let redacts: Set<PersonalData> = [.email, .address]
        static let dataPolicy = DataPolicy(regions: ["eu", "ch"], noTraining: true)

        init(settings: NoSettings) {}

        func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
            let note = event.payload["note"]?.string ?? ""
            _ = try await context.ask(
                for: OrderGreeter.Mood.self, "Judge \(note)", about: ["note": .string(note)],
                routing: Routing(.highVolume, task: .extraction, isLatencyCritical: true),
                policy: DataPolicy(regions: ["eu", "us"], zeroRetention: true),
                check: { answer in answer.reason.isEmpty ? ["says nothing to \(note)"] : [] })
            return []
        }
    }

    private func ask(note: String, _ models: ScriptedModels) async throws {
        let body: JSONValue = ["note": .string(note), "shipping_address": ["address1": "12 Sample Street"]]
        let sample = Sample(topic: "orders/create", json: String(decoding: try body.canonicalData(), as: UTF8.self))
        _ = try await run(Careful(settings: NoSettings()), on: sample.event(), with: models)
    }

    @Test func `what a handler redacts reaches no model, in whatever part of the question`() async throws {
        let models = ScriptedModels(
            .json("Mood", ["urgency": "low", "reason": ""]), .json("Mood", ["urgency": "low", "reason": "a"]))
        try await ask(note: "zoe@example.com, 12 sample street, 503-555-0117", models)
        let question = try #require(models.questions.first)
        #expect(question.data == "{\n\"note\":\"[email], [address], 503-555-0117\"\n}")
        // A customer's address must not strike words out of the instructions.
        #expect(question.instructions == "Judge [email], 12 sample street, 503-555-0117")
        #expect(question.rejections == ["says nothing to [email], 12 sample street, 503-555-0117"])
    }

    @Test func `policies of handler and question hold together`() async throws {
        let models = ScriptedModels(.json("Mood", ["urgency": "low", "reason": "a"]))
        try await ask(note: "", models)
        #expect(
            models.questions.map(\.policy) == [DataPolicy(regions: ["eu"], noTraining: true, zeroRetention: true)])
        #expect(models.questions.first?.routing.isLatencyCritical == true)
    }

    @Test func `a handler that declares nothing sends its data as it is, under an open policy`() async throws {
        let models = ScriptedModels(.json("Mood", ["urgency": "low", "reason": ""]))
        let sample = Sample(topic: "orders/create", json: #"{"id": 1, "note": "zoe@example.com"}"#)
        _ = try await run(OrderGreeter(settings: NoSettings()), on: sample.event(), with: models)
        #expect(models.questions.first?.data.contains("zoe@example.com") == true)
        #expect(models.questions.first?.policy == .open)
    }
}
