package import Bellhop
import InboxCore

/// A handler plugin ready to run: its type is forgotten, its settings are bound.
package struct RegisteredHandler: Sendable {
    package let id: String
    package let version: Int
    package let topics: [Topic]
    package let routing: Routing
    package let effects: Set<Effect.Kind>
    /// Where its posts may go.
    package let destinations: Set<String>
    package let spendLimit: USD
    /// What is taken out of every prompt: what the handler and the subscription ask for.
    package let redacts: Set<PersonalData>
    /// What may become of the data: both the handler's policy and the subscription's hold.
    package let dataPolicy: DataPolicy
    package let terms: SubscriptionTerms

    private let body: @Sendable (Claim, Context) async throws -> [Effect]

    /// Binds a plugin to its settings.
    ///
    /// - Parameters:
    ///   - settings: what the subscription's file says under `settings`, an object.
    ///   - terms: what else it says.
    /// - Throws: what decoding the settings or the handler's initialiser throws.
    package init<Handler: WebhookHandler>(
        _ type: Handler.Type, settings: JSONValue = .object([:]), terms: SubscriptionTerms = SubscriptionTerms()
    ) throws {
        let handler = try Handler(settings: settings.decode(Handler.Settings.self))
        id = Handler.id
        version = Handler.version
        topics = Handler.topics
        routing = Handler.routing
        effects = Handler.effects
        destinations = handler.destinations
        spendLimit = Handler.spendLimit
        redacts = Handler.redacts.union(terms.redact)
        dataPolicy = Handler.dataPolicy.combined(with: terms.dataPolicy)
        self.terms = terms
        body = { [redacts, dataPolicy] claim, context in
            let event = try Event<Handler.Payload>(decoding: claim)
            let redactor = Redactor(removing: redacts, from: event.facts)
            return try await handler.handle(event, in: context.holding(redactor, policy: dataPolicy))
        }
    }

    /// Runs the handler on a claimed delivery.
    ///
    /// - Throws: ``UndecodableBody``, ``UndeclaredEffect``, ``UndeclaredDestination``, ``UnstorableEffect``, or
    ///   whatever the handler throws.
    func effects(of claim: Claim, in context: Context) async throws -> [Effect] {
        let effects = try await body(claim, context)
        if let stranger = effects.first(where: { !self.effects.contains($0.kind) }) {
            throw UndeclaredEffect(kind: stranger.kind)
        }
        for case .post(let post) in effects where !destinations.contains(post.destination) {
            throw UndeclaredDestination()
        }
        guard effects.allSatisfy(\.isStorable) else { throw UnstorableEffect() }
        return effects
    }
}

/// The body is not what the handler can read.
struct UndecodableBody: Error, Hashable {
    /// Where in the body, as a path of keys; never a value.
    var place: String
}

/// The handler wanted an effect of a kind that it does not declare.
struct UndeclaredEffect: Error, Hashable {
    var kind: Effect.Kind
}

/// The handler wanted to post to a destination that it does not name among its own. Which, may come from the body.
struct UndeclaredDestination: Error, Hashable {}

/// The handler wanted an effect that could not be read again once it was stored.
struct UnstorableEffect: Error, Hashable {}

extension Effect {
    /// Whether what is stored of it can be read.
    fileprivate var isStorable: Bool {
        (try? JSONValue(parsing: canonicalData())) != nil
    }
}

extension Event where Payload: Decodable {
    init(decoding claim: Claim) throws {
        let delivery = claim.delivery
        let payload: Payload
        let facts: EventFacts
        do {
            let body = try JSONValue(parsing: delivery.body)
            payload = try body.decode(Payload.self)
            facts = EventFacts(body: body)
        } catch let error as DecodingError {
            throw UndecodableBody(place: error.place)
        }
        self.init(
            id: claim.deliveryID, topic: delivery.topic, shop: delivery.shop, apiVersion: delivery.apiVersion,
            triggeredAt: delivery.triggeredAt, receivedAt: delivery.receivedAt, attempt: claim.attempt,
            isStale: claim.isStale, payload: payload, facts: facts)
    }
}

extension DecodingError {
    /// The path to what could not be decoded, for example `line_items[0].price`. Keys of a body are the sender's
    /// words, so the path is bounded and holds plain characters only.
    fileprivate var place: String {
        let path =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(let key, let context): context.codingPath + [key]
            @unknown default: [any CodingKey]()
            }
        let text = path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
        let plain = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._[]".contains($0)) }
        let trimmed = plain.hasPrefix(".") ? plain.dropFirst() : plain[...]
        return trimmed.isEmpty ? "the whole body" : String(trimmed.prefix(120))
    }
}
