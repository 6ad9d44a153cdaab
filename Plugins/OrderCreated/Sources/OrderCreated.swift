public import Bellhop

/// Looks through a new order: what the customer asks for, and whether a person should look at it before it ships.
///
/// What can be computed is computed (``OrderSignals``). A cheap question reads what the customer wrote, if anything; only
/// an order whose signals reach the threshold costs another, dearer question about fraud.
public struct OrderCreated: WebhookHandler {
    public static let id = "order-created"
    public static let topics: [Topic] = ["orders/create"]
    public static let routing = Routing(.highVolume, task: .classification)
    public static let effects: Set<Effect.Kind> = [.tag, .note]
    public static let redacts: Set<PersonalData> = [.email, .phone, .address]

    private let settings: Settings

    public init(settings: Settings) {
        self.settings = settings
    }

    public func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
        let order = event.payload
        let facts = event.facts
        let triage =
            order.holdsWords
            ? try await context.ask(
                for: OrderTriage.self, OrderTriage.instructions, about: order.triageData,
                check: { facts.complaints(about: $0.summary) })
            : .nothing

        let signals = OrderSignals(of: order, settings: settings)
        guard signals.score >= settings.riskThreshold else {
            return OrderReport(triage: triage).effects(on: order)
        }
        let fraud = try await context.ask(
            for: FraudAssessment.self, FraudAssessment.instructions(signals: signals), about: order.fraudData,
            routing: Routing(.complex, task: .fraudDetection),
            check: { $0.complaints(given: facts) })
        return OrderReport(triage: triage, risk: (signals, fraud)).effects(on: order)
    }
}
