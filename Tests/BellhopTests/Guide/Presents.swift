import Bellhop
import Foundation

/// Tags about every tenth order for a present, and every one that has waited for more than a day.
struct Presents: WebhookHandler {
    static let id = "presents"
    static let topics: [Topic] = ["orders/create"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = [.tag]

    struct Order: Decodable, Sendable {
        var id: Int64
    }

    init(settings: NoSettings) {}

    func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        let isLate = context.now > event.receivedAt + 24 * 60 * 60
        var lot = context.randomness(for: "present")
        guard isLate || Int.random(in: 1...10, using: &lot) == 1 else { return [] }
        return [.tag(.order(event.payload.id), ["present"])]
    }
}
