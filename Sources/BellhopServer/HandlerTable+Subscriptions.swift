package import Bellhop
package import BellhopConfiguration
package import ModelClient
package import Workers

extension HandlerTable {
    /// Binds the handlers that the subscriptions name to their topics.
    ///
    /// - Parameter destinations: the names that `bellhop.yaml` has.
    /// - Throws: `ConfigurationError` for a handler that does not exist, cannot read the topic or refuses its settings,
    ///   and for a model or a destination that is not configured.
    package init(
        _ subscriptions: [Subscription], handlers: [any WebhookHandler.Type], models: ModelClientConfiguration,
        destinations: Set<String> = []
    ) throws {
        self.init()
        for subscription in subscriptions {
            if let model = subscription.model, models.model(named: model) == nil {
                throw subscription.mistake(
                    "names the model \(model), which bellhop.yaml does not have", at: ["model"])
            }
            guard let handler = handlers.first(where: { $0.id == subscription.handler }) else {
                let ids = handlers.map { $0.id }.sorted().joined(separator: ", ")
                throw subscription.mistake(
                    "names the handler \(subscription.handler), but there are only: \(ids)", at: ["handler"])
            }
            guard handler.topics.contains(subscription.topic) else {
                let topics = handler.topics.map(\.rawValue).joined(separator: ", ")
                throw subscription.mistake(
                    "binds \(handler.id) to \(subscription.topic), but it reads only: \(topics)", at: ["topic"])
            }
            let registered = try Self.register(handler, for: subscription)
            if let stranger = registered.destinations.subtracting(destinations).min() {
                throw subscription.mistake(
                    "posts to \(stranger), but bellhop.yaml has \(Self.words(for: destinations))", at: ["settings"])
            }
            bind(registered, to: subscription.topic)
        }
    }

    private static func words(for destinations: Set<String>) -> String {
        destinations.isEmpty
            ? "no destinations; add it there, with its url and secret_env"
            : "only these destinations: \(destinations.sorted().joined(separator: ", "))"
    }

    private static func register<Handler: WebhookHandler>(
        _ handler: Handler.Type, for subscription: Subscription
    ) throws -> RegisteredHandler {
        let id = Handler.id
        do {
            return try RegisteredHandler(
                handler, settings: subscription.settings,
                terms: SubscriptionTerms(
                    modelOverride: subscription.model, redact: subscription.redact, dataPolicy: subscription.dataPolicy,
                    priority: subscription.priority, coalescing: subscription.coalescing,
                    skipsStale: subscription.stale == .skip, team: subscription.team,
                    echoGuard: subscription.echoFields.isEmpty ? nil : EchoGuard(fields: subscription.echoFields),
                    loopLimit: LoopLimit(subscription.loopLimit)))
        } catch let error as DecodingError {
            throw subscription.mistake(
                "has settings that \(id) does not understand: \(error.explanation)", at: ["settings"] + error.path)
        } catch {
            throw subscription.mistake("has settings that \(id) refuses: \(error)", at: ["settings"])
        }
    }
}

extension LoopLimit {
    fileprivate init(_ said: Subscription.LoopLimit) {
        self.init()
        if let runs = said.runs { self.runs = runs }
        if let window = said.window { self.window = window }
    }
}

extension DecodingError {
    /// Where and why, in a few words.
    fileprivate var explanation: String {
        guard let context else { return "they cannot be read" }
        let place = path.joined(separator: ".")
        return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    }

    fileprivate var path: [String] {
        context?.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue } ?? []
    }

    private var context: Context? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context
        @unknown default: nil
        }
    }
}
