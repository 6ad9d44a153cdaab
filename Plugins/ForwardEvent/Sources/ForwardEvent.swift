public import Bellhop

/// Passes events on to a system of your own: the body as it came, signed, under a key that a repetition keeps.
public struct ForwardEvent: WebhookHandler {
    public static let id = "forward-event"
    public static let topics: [Topic] = [
        "app/uninstalled", "customers/create", "customers/update", "fulfillments/create", "fulfillments/update",
        "inventory_levels/update", "metaobjects/create", "metaobjects/update", "orders/cancelled", "orders/create",
        "orders/fulfilled", "orders/paid", "orders/updated", "products/create", "products/delete", "products/update",
        "refunds/create", "returns/request",
    ]
    /// It asks no model.
    public static let routing = Routing(.highVolume, task: .classification)
    public static let effects: Set<Effect.Kind> = [.post]
    public static let spendLimit: USD = .cents(1)

    private let settings: Settings

    public init(settings: Settings) {
        self.settings = settings
    }

    public var destinations: Set<String> { [settings.destination] }

    public func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
        [.post(Effect.Post(to: settings.destination, ForwardedEvent(event, fields: settings.fields).body))]
    }
}
