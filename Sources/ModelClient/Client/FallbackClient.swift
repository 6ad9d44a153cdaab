public import HTTPCore
public import Logging

/// Asks models through one chain of fallbacks.
///
/// ```swift
/// import HTTPTransport
/// import ModelClient
///
/// let transport = CurlTransport()
/// let client = FallbackClient(
///     configuration: ModelClientConfiguration(
///         providers: [
///             Provider(
///                 name: "openrouter", baseURL: "https://openrouter.ai/api/v1", apiKey: Secret(key),
///                 dialect: .openRouter)
///         ],
///         models: [
///             Model(
///                 name: "anthropic/claude-haiku-4.5", provider: "openrouter",
///                 fallbacks: ["mistralai/mistral-large-2512"]),
///             Model(name: "mistralai/mistral-large-2512", provider: "openrouter"),
///         ],
///         routing: RoutingMatrix(defaultModel: "anthropic/claude-haiku-4.5")),
///     transport: transport)
///
/// let reply = try await client.answer(
///     ModelCall(
///         routing: Routing(.highVolume, task: .classification),
///         messages: [ModelCall.Message(.user, "How does the writer feel? Great fit, will buy again!")],
///         answer: .json(name: "Mood", schema: .object(["label": .string(oneOf: ["happy", "unhappy"])])),
///         deadline: .seconds(30)))
/// if case .json(let mood) = reply.content {
///     print(mood["label"]?.string ?? "", "said", reply.model)
/// }
/// await transport.close()
/// ```
///
/// One client is shared by everything in the process that asks models: limits, budgets and the memory of what fails
/// hold for all its calls together. Copies share them, and so do those that ``reconfigured(with:)`` gives.
public struct FallbackClient: Sendable {
    public var configuration: ModelClientConfiguration { routes.configuration }
    let routes: RouteTable
    let transport: any Transport
    let ledger: (any Ledger)?
    let logger: Logger
    let core: ClientCore
    private let planning: Planning

    /// Changes a call's plan before the call begins.
    public typealias Planning = @Sendable (ModelCall, inout CallPlan) -> Void
    /// Is told of the requests of a call.
    public typealias Observing = @Sendable (Attempt) -> Void

    /// - Parameters:
    ///   - configuration: should have no ``ModelClientConfiguration/problems()``.
    ///   - ledger: where spending is recorded; without one, budgets hold until the process ends.
    ///   - logger: gets alerts, and a line at debug level for each request, without anything from prompt, answer or
    ///     key.
    ///   - chance: gives random numbers from 0 to 1, by which waits are spread.
    ///   - planning: changes the plan of each call, for example to give a share of the calls to another model.
    public init(
        configuration: ModelClientConfiguration, transport: any Transport, ledger: (any Ledger)? = nil,
        logger: Logger = Logger(label: "ModelClient"), time: TimeSource = .system,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        planning: @escaping Planning = { _, _ in }
    ) {
        routes = RouteTable(configuration)
        self.transport = transport
        self.ledger = ledger
        self.logger = logger
        self.planning = planning
        core = ClientCore(configuration, time: time, logger: logger, chance: chance)
    }

    private init(_ other: FallbackClient, configuration: ModelClientConfiguration) {
        routes = RouteTable(configuration)
        transport = other.transport
        ledger = other.ledger
        logger = other.logger
        planning = other.planning
        core = other.core
    }

    /// Asks the models of the chain in turn until one gives an acceptable answer.
    ///
    /// - Parameter observing: called with each request once it is known what came of it, so that those of a cancelled
    ///   call are not lost; one that was under way then is of unknown cost.
    /// - Throws: ``ModelClientError``, or `CancellationError` when the task is cancelled.
    public func answer(_ call: ModelCall, observing: @escaping Observing = { _ in }) async throws -> ModelReply {
        var plan = try routes.plan(for: call)
        apply(core.prices, to: &plan)
        planning(call, &plan)
        guard !plan.targets.isEmpty else {
            throw ModelClientError(.stopped, "the plan of the call names no model: leave one in it", attempts: [])
        }
        var run = CallRun(call: call, plan: plan, client: self, observe: observing)
        return try await run.run()
    }

    /// Reads what the ledger knows of today, so that budgets go on where an earlier process left them. Call it before
    /// the first call; calls made before are counted, but do not know of what was spent earlier.
    ///
    /// - Throws: what the ledger throws.
    public func recover() async throws {
        guard let ledger else { return }
        let day = core.today()
        core.tell(.recovered(try await ledger.charges(on: day), day))
    }

    /// A client with another configuration that shares everything else: budgets, health and limits.
    ///
    /// Limits and budgets change at once for all of them. Calls under way, and calls of this client, go on with the
    /// models that they know.
    ///
    /// - Throws: what the ledger throws; nothing has changed then.
    public func reconfigured(with configuration: ModelClientConfiguration) async throws -> FallbackClient {
        // Asked first, because what is adopted cannot be taken back: health and listed prices are judged anew by it.
        var calendar = BudgetCalendar(timeZone: configuration.budgets.timeZone)
        let day = calendar.day(at: core.time.date())
        let known = try await ledger?.charges(on: day) ?? []
        core.adopt(configuration, known: known, on: day)
        // And again, for what was charged meanwhile.
        let today = core.today()
        if let charges = try? await ledger?.charges(on: today) { core.tell(.recovered(charges, today)) }
        return FallbackClient(self, configuration: configuration)
    }

    /// What people should know, from now on; a stream of its own for each listener.
    public var alerts: AsyncStream<Alert> { core.alerts.stream() }

    /// Tells the same people something that the program around the client has to say; it is logged as well.
    public func raise(_ alert: Alert) {
        core.alert(alert)
    }

    /// Puts the prices that the providers list in the place of those of the configuration.
    private func apply(_ prices: [String: PricePair], to plan: inout CallPlan) {
        guard !prices.isEmpty else { return }
        for index in plan.targets.indices { plan.targets[index].model.take(prices) }
        for index in plan.emergencyTargets.indices { plan.emergencyTargets[index].model.take(prices) }
    }
}

extension Model {
    fileprivate mutating func take(_ prices: [String: PricePair]) {
        guard let price = prices[name] else { return }
        promptPrice = price.prompt
        completionPrice = price.completion
        requestPrice = price.request
    }
}
