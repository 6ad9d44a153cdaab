import Bellhop
import InboxCore
import ModelClient

extension ModelCall {
    /// A handler's question as the client takes it.
    ///
    /// The labels stay in the process: budgets, policies and reports go by them. What goes along to a provider names
    /// neither the shop nor a person.
    ///
    /// - Parameters:
    ///   - user: the shop under a name that only we can tell it by.
    ///   - isRehearsal: whether the call is made to see what would come of it; its costs are labelled so.
    init(
        asking question: Question, of handler: RegisteredHandler, about claim: Claim, user: String?,
        within allowance: EventAllowance, isRehearsal: Bool = false
    ) throws {
        let routing = question.routing ?? handler.routing
        var labels = [
            "shop": claim.delivery.shop.domain, "handler": handler.id, "task": routing.task.rawValue,
        ]
        labels["team"] = handler.terms.team
        if isRehearsal { labels["rehearsal"] = "yes" }
        self.init(
            routing: routing,
            // A question with a routing of its own is not what the subscription's override is about.
            modelOverride: question.routing == nil ? handler.terms.modelOverride : nil,
            messages: try PromptComposer.messages(for: question),
            answer: .json(
                name: question.name, schema: question.schema,
                complaints: { json in question.complaints(json).map(\.description) }),
            maxTokens: allowance.maxTokens, user: user,
            metadata: ["event_id": claim.deliveryID, "task": routing.task.rawValue, "handler": handler.id],
            labels: labels, reference: claim.deliveryID, policy: question.policy, priority: handler.terms.priority,
            deadline: allowance.time, maxRequests: allowance.requests, spendLimit: allowance.money)
    }
}
