import Bellhop
import BellhopConfiguration
import ModelClient

extension ModelClientConfiguration {
    /// Where the data policies of a subscription and of its handler leave no model to ask.
    func warnings(about subscriptions: [Subscription], handlers: [any WebhookHandler.Type]) -> [ConfigurationWarning] {
        subscriptions.compactMap { subscription in
            guard let handler = handlers.first(where: { $0.id == subscription.handler }) else { return nil }
            let own = handler.dataPolicy.combined(with: subscription.dataPolicy)
            guard own != .open else { return nil }
            guard models(for: subscription, of: handler).isEmpty else { return nil }
            return subscription.warning(
                "the data policy here and of \(handler.id) leaves no model for the task "
                    + "\(handler.routing.task.rawValue); say under data in bellhop.yaml what the providers do with prompts, "
                    + "or name another model",
                at: [subscription.dataPolicy == .open ? "handler" : "data_policy"])
        }
    }
}
