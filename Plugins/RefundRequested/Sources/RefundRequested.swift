public import Bellhop

/// Advises the staff on a return that a customer asks for, and explains a refund that was made.
///
/// It decides nothing: the advice is a tag and a note on the order.
public struct RefundRequested: WebhookHandler {
    public static let id = "refund-requested"
    public static let topics: [Topic] = ["returns/request", "refunds/create"]
    public static let routing = Routing(.complex, task: .refundAnalysis)
    public static let effects: Set<Effect.Kind> = [.tag, .note]
    public static let redacts: Set<PersonalData> = [.email, .phone]
    public static let spendLimit: USD = .cents(10)

    private let settings: Settings

    public init(settings: Settings) {
        self.settings = settings
    }

    public func handle(_ event: Event<ReturnOrRefund>, in context: Context) async throws -> [Effect] {
        switch event.payload {
        case .requested(let request): try await advise(on: request, facts: event.facts, in: context)
        case .refunded(let refund): try await explain(refund, facts: event.facts, in: context)
        }
    }

    private func advise(
        on request: ReturnRequest, facts: EventFacts, in context: Context
    ) async throws -> [Effect] {
        // With nothing to weigh there is only one answer, and it costs nothing.
        guard request.givesReasons else { return ReturnAdvice.noReasonGiven.effects(on: request) }
        let advice = try await context.ask(
            for: ReturnAdvice.self, ReturnAdvice.instructions(policy: settings.policy), about: request.promptData,
            check: { facts.complaints(about: $0.reasons.joined(separator: "\n")) })
        return advice.cautious.effects(on: request)
    }

    private func explain(_ refund: Refund, facts: EventFacts, in context: Context) async throws -> [Effect] {
        var facts = facts
        if let total = refund.totalPaidBack { facts.allow(amount: total.decimal) }
        let explanation = try await context.ask(
            for: RefundExplanation.self, RefundExplanation.instructions, about: refund.promptData,
            routing: Routing(.highVolume, task: .classification),
            check: { [facts] in facts.complaints(about: $0.summary) })
        return explanation.effects(on: refund)
    }
}
