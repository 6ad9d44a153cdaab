import Bellhop
import BellhopTesting

/// The handler that the documentation shows, with a check.
struct OrderGreeter: WebhookHandler {
    static let id = "order-greeter"
    static let topics: [Topic] = ["orders/create"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = [.tag]

    init(settings: NoSettings) {}

    func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        let order = event.payload
        let facts = event.facts
        let mood = try await context.ask(
            for: Mood.self, "How urgent is this order to the customer?", about: ["note": .text(order.note)],
            check: { facts.complaints(about: $0.reason) })
        return [.tag(.order(order.id), ["urgency:\(mood.urgency)"])]
    }

    struct Order: Decodable, Sendable {
        var id: Int64
        var note: String?
    }

    struct Mood: ModelAnswer {
        enum Urgency: String, CaseIterable, Codable { case low, high }
        var urgency: Urgency
        var reason: String

        static let schema: Schema = .object([
            "urgency": .string(oneOf: Urgency.self), "reason": .string(maxLength: 200),
        ])
    }

    static let sample = Sample(
        topic: "orders/create", json: ##"{"id": 9007199254740993, "name": "#1047", "note": "By Friday, please!"}"##)
}
