import Bellhop

/// Tags orders whose note asks for a certain day of delivery.
struct DeliveryWishes: WebhookHandler {
    static let id = "delivery-wishes"
    static let topics: [Topic] = ["orders/create"]
    static let routing = Routing(.highVolume, task: .extraction)
    static let effects: Set<Effect.Kind> = [.tag, .note]
    static let spendLimit: USD = .cents(2)
    static let redacts: Set<PersonalData> = [.email, .phone, .address]
    static let dataPolicy = DataPolicy(noTraining: true)

    struct Order: Decodable, Sendable {
        var id: Int64
        var note: String?
    }

    struct Wish: ModelAnswer {
        enum Day: String, CaseIterable, Codable { case none, weekday, saturday, other }
        var day: Day
        var summary: String

        static let schema: Schema = .object([
            "day": .string(oneOf: Day.self),
            "summary": .string(maxLength: 200).described("one sentence for the staff"),
        ])
    }

    init(settings: NoSettings) {}

    func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        let order = event.payload
        guard let note = order.note, !note.isEmpty else { return [] }
        let facts = event.facts
        let wish = try await context.ask(
            for: Wish.self, "On which day does the customer want the order to arrive?", about: ["note": .text(note)],
            check: { facts.complaints(about: $0.summary) })
        guard wish.day != .none else { return [] }
        return [.tag(.order(order.id), ["delivery:\(wish.day.rawValue)"]), .note(.order(order.id), wish.summary)]
    }
}
