public import HTTPCore
public import Logging

/// Asks models through one chain of fallbacks.
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
    ///   - chance: gives random numbers from 0 to 1, by which waits are spread.
    public init(
        configuration: ModelClientConfiguration, transport: any Transport, logger: Logger,
        time: TimeSource = .system, chance: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
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
