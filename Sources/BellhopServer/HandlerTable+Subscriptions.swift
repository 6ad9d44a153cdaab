package import Bellhop
package import BellhopConfiguration
package import ModelClient
package import Workers

extension HandlerTable {
    /// Binds the handlers that the subscriptions name to their topics.
    ///
    /// - Throws: `ConfigurationError` for a handler that does not exist, cannot read the topic or refuses its settings,
    ///   and for a model that is not configured.
    package init(
        _ subscriptions: [Subscription], handlers: [any WebhookHandler.Type], models: ModelClientConfiguration
    ) throws {
        self.init()
        for subscription in subscriptions {
            if let model = subscription.model, models.model(named: model) == nil {
                throw subscription.mistake("names the model \(model), which bellhop.yaml does not have")
            }
            guard let handler = handlers.first(where: { $0.id == subscription.handler }) else {
                let ids = handlers.map { $0.id }.sorted().joined(separator: ", ")
                throw subscription.mistake("names the handler \(subscription.handler), but there are only: \(ids)")
            }
            guard handler.topics.contains(subscription.topic) else {
                let topics = handler.topics.map(\.rawValue).joined(separator: ", ")
                throw subscription.mistake(
                    "binds \(handler.id) to \(subscription.topic), but it reads only: \(topics)")
            }
            bind(try Self.register(handler, for: subscription), to: subscription.topic)
        }
    }

    private static func register<Handler: WebhookHandler>(
        _ handler: Handler.Type, for subscription: Subscription
    ) throws -> RegisteredHandler {
        let id = Handler.id
        do {
            return try RegisteredHandler(
                handler, settings: subscription.settings, modelOverride: subscription.model)
        } catch let error as DecodingError {
            throw subscription.mistake("has settings that \(id) does not understand: \(error.explanation)")
        } catch {
            throw subscription.mistake("has settings that \(id) refuses: \(error)")
        }
    }
}

extension DecodingError {
    /// Where and why, in a few words.
    fileprivate var explanation: String {
        let context: Context? =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        guard let context else { return "they cannot be read" }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    }
}
