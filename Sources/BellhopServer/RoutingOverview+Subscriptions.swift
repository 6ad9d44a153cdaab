package import Bellhop
package import BellhopConfiguration
import ModelClient

extension RoutingOverview {
    /// The same with the subscriptions that go a way of their own.
    package init(_ settings: Settings, subscriptions: [Subscription], handlers: [any WebhookHandler.Type]) {
        self.init(settings)
        overrides = subscriptions.compactMap { subscription in
            guard subscription.model != nil || subscription.dataPolicy != .open else { return nil }
            let handler = handlers.first { $0.id == subscription.handler }
            return Override(subscription, chain: settings.models.models(for: subscription, of: handler))
        }
    }
}

extension ModelClientConfiguration {
    /// The models that a handler's questions come to under a subscription, in order.
    ///
    /// - Parameter handler: `nil` for one that is not built in; its own data policy and routing are not known then.
    func models(for subscription: Subscription, of handler: (any WebhookHandler.Type)?) -> [Model] {
        let routing = handler?.routing ?? Routing(.highVolume, task: "")
        var labels = ["handler": subscription.handler, "task": routing.task.rawValue]
        labels["team"] = subscription.team
        let call = ModelCall(
            routing: routing, modelOverride: subscription.model, messages: [], labels: labels,
            policy: (handler?.dataPolicy ?? .open).combined(with: subscription.dataPolicy))
        let candidates = candidates(for: call.routing, override: call.modelOverride)
        return models(of: candidates, under: policies.policy(for: call))
    }
}
