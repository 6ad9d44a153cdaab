import Bellhop

/// A handler that posts where its settings say.
struct Poster: WebhookHandler {
    static let id = "poster"
    static let topics: [Topic] = ["orders/create"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = [.post]

    struct Settings: Decodable, Sendable {
        var to: String
    }

    let settings: Settings

    init(settings: Settings) {
        self.settings = settings
    }

    var destinations: Set<String> { [settings.to] }

    func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
        [.post(Effect.Post(to: settings.to, event.payload))]
    }
}
