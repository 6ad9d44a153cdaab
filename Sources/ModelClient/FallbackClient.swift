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
/// One client is shared by everything in the process that asks models: the limit on requests under way and the memory
/// of models that want no requests for a while hold for all its calls together. Copies share both.
public struct FallbackClient: Sendable {
    public let configuration: ModelClientConfiguration
    let transport: any Transport
    let logger: Logger
    let time: TimeSource
    let chance: @Sendable () -> Double
    let gate: ConcurrencyGate
    let resting = RestingModels()

    /// - Parameters:
    ///   - configuration: should have no ``ModelClientConfiguration/problems()``.
    ///   - logger: gets a line at debug level for each request, without anything from prompt, answer or key.
    ///   - chance: gives random numbers from 0 to 1, by which waits are spread.
    public init(
        configuration: ModelClientConfiguration, transport: any Transport,
        logger: Logger = Logger(label: "ModelClient"), time: TimeSource = .system,
        chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.configuration = configuration
        self.transport = transport
        self.logger = logger
        self.time = time
        self.chance = chance
        gate = ConcurrencyGate(width: configuration.limits.concurrency)
    }

    /// Asks the models of the chain in turn until one gives an acceptable answer.
    ///
    /// - Throws: ``ModelClientError``, or `CancellationError` when the task is cancelled.
    public func answer(_ call: ModelCall) async throws -> ModelReply {
        var run = CallRun(call: call, client: self, targets: try targets(for: call))
        return try await run.answer()
    }

    private func targets(for call: ModelCall) throws -> [CallTarget] {
        let chain = configuration.chain(for: call.routing, override: call.modelOverride)
        if chain.isEmpty {
            let name = configuration.routing.model(for: call.routing, override: call.modelOverride)
            let advice = NearestName(names: configuration.models.map(\.name)).advice(for: name)
            throw ModelClientError(.stopped, "model \"\(name)\" is not configured: \(advice)", attempts: [])
        }
        return try chain.map { model in
            guard let provider = configuration.provider(named: model.provider) else {
                let message = "provider \"\(model.provider)\" of model \"\(model.name)\" is not configured: add it"
                throw ModelClientError(.stopped, message, attempts: [])
            }
            return CallTarget(model: model, provider: provider)
        }
    }
}
