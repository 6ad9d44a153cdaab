import Bellhop
import Synchronization

/// A handler that tags with what its settings say, once its gate lets it through.
struct Tagger: WebhookHandler {
    static let id = "tagger"
    static let topics: [Topic] = ["orders/create", "orders/updated"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = [.tag]

    struct Settings: Decodable, Sendable {
        var tag: String
        /// The name of a gate.
        var gate: String?
    }

    struct Order: Decodable, Sendable {
        var id: Int64
    }

    let settings: Settings

    init(settings: Settings) {
        self.settings = settings
    }

    func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        if let name = settings.gate, let gate = Gate.named(name) { await gate.pass() }
        return [.tag(.order(event.payload.id), [settings.tag])]
    }
}

/// Where handlers tell that they have come, and wait to be let through.
final class Gate: Sendable {
    private static let gates = Mutex<[String: Gate]>([:])

    let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let opened: AsyncStream<Void>
    private let opener: AsyncStream<Void>.Continuation

    init(_ name: String) {
        (arrivals, arrived) = AsyncStream.makeStream()
        (opened, opener) = AsyncStream.makeStream()
        Self.gates.withLock { $0[name] = self }
    }

    static func named(_ name: String) -> Gate? {
        gates.withLock { $0[name] }
    }

    func pass() async {
        arrived.yield()
        for await _ in opened {}
    }

    func open() {
        opener.finish()
    }
}
