/// A plugin: what happens when a webhook of certain topics arrives.
///
/// ```swift
/// public struct OrderGreeter: WebhookHandler {
///     public static let id = "order-greeter"
///     public static let topics: [Topic] = ["orders/create"]
///     public static let routing = Routing(.highVolume, task: .classification)
///     public static let effects: Set<Effect.Kind> = [.tag]
///
///     public init(settings: NoSettings) {}
///
///     public func handle(_ event: Event<Order>, in context: Context) async throws -> [Effect] {
///         let order = event.payload
///         let mood = try await context.ask(
///             for: Mood.self, "How urgent is this order to the customer?", about: ["note": .text(order.note)])
///         return [.tag(.order(order.id), ["urgency:\(mood.urgency)"])]
///     }
/// }
///
/// public struct Order: Decodable, Sendable {
///     var id: Int64
///     var note: String?
/// }
///
/// struct Mood: ModelAnswer {
///     enum Urgency: String, CaseIterable, Codable { case low, high }
///     var urgency: Urgency
///     static let schema: Schema = .object(["urgency": .string(oneOf: Urgency.self)])
/// }
/// ```
///
/// `BellhopTesting` runs a handler against samples and scripted models.
///
/// **For implementers.** A handler is a value without state of its own: one instance handles many events at once.
/// It may be run again for the same event after a crash or a failure, so everything it wants to change in the world
/// it returns as effects; questions that were answered before are then answered from the journal. Time and chance it
/// takes from ``Context/now`` and ``Context/randomness(for:)``, which stay the same. What it throws decides what happens
/// next:
/// - ``HandlerError/hold(_:)``: the event is held until a person looks at it.
/// - ``HandlerError/retry(after:_:)``: the event runs again later.
/// - an error from ``Context/ask(for:_:about:routing:policy:step:check:)``: let it pass; Bellhop knows whether to wait
///   or to retry.
/// - anything else: the event is retried with growing pauses and is dead after the last attempt.
public protocol WebhookHandler: Sendable {
    /// The body of the webhook as this handler reads it.
    ///
    /// Decode only what the handler needs, and leniently: fields come and go with API versions, so make everything
    /// optional but the ids the handler cannot do without. ``MoneyAmount`` and ``ShopifyDate`` read what Shopify
    /// writes. A body that does not decode is held for a person.
    associatedtype Payload: Decodable & Sendable
    /// What can be set under `settings:` in the handler's file in `webhooks/`; see ``SettingsReader``.
    associatedtype Settings: Decodable & Sendable = NoSettings

    /// A stable name of lower-case letters, digits and hyphens. Stored with every event; never change it.
    static var id: String { get }
    /// Increase it when the handler's behaviour changes, so that outcomes can be told apart. Default: 1.
    static var version: Int { get }
    /// The topics the handler can read.
    static var topics: [Topic] { get }
    /// How its questions are routed unless a question says otherwise.
    static var routing: Routing { get }
    /// The kinds of effect it may cause; any other is refused and the event is held.
    static var effects: Set<Effect.Kind> { get }
    /// The most that the model calls of one event may cost. Default: 5 cents.
    static var spendLimit: USD { get }
    /// What is taken out of every prompt before a model sees it; markers such as `[email]` stand in its place. A
    /// subscription can add to it. Default: nothing.
    static var redacts: Set<PersonalData> { get }
    /// What may become of the data in its prompts. The subscription, the shop, the task and the question can ask for
    /// more, never for less. Default: anything.
    static var dataPolicy: DataPolicy { get }

    /// The destinations that its ``Effect/Post``s may go to; any other is refused and the event is held. Let the
    /// settings name them, so that whoever installs the handler decides. Default: none.
    var destinations: Set<String> { get }

    /// Makes the handler from its settings.
    ///
    /// - Throws: when the settings make no sense; the server then refuses to start and shows the error.
    init(settings: Settings) throws

    /// Handles one event.
    ///
    /// - Returns: the effects to cause, in order; they are recorded in the same commit as the outcome.
    func handle(_ event: Event<Payload>, in context: Context) async throws -> [Effect]
}

extension WebhookHandler {
    public static var version: Int { 1 }
    public static var spendLimit: USD { .cents(5) }
    public static var redacts: Set<PersonalData> { [] }
    public static var dataPolicy: DataPolicy { .open }
    public var destinations: Set<String> { [] }
}
