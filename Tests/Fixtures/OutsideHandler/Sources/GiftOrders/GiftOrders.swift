public import Bellhop

/// Tags orders whose note says that they are a gift.
public struct GiftOrders: WebhookHandler {
    public static let id = "gift-orders"
    public static let topics: [Topic] = ["orders/create"]
    public static let routing = Routing(.highVolume, task: .classification)
    public static let effects: Set<Effect.Kind> = [.tag]

    public struct Order: Decodable, Sendable {
        var admin_graphql_api_id: ResourceID
        var note: String?
    }

    struct Gift: ModelAnswer {
        var isGift: Bool
        static let schema: Schema = .object(["isGift": .boolean])
    }

    public init(settings: NoSettings) {}

    public func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        guard let note = event.payload.note, !note.isEmpty else { return [] }
        let gift = try await context.ask(
            for: Gift.self, "Does the customer say that this order is a gift?", about: ["note": .string(note)])
        return gift.isGift ? [.tag(event.payload.admin_graphql_api_id, ["gift"])] : []
    }
}
