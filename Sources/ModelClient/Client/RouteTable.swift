import Vocabulary

/// The chains of a configuration, worked out once.
final class RouteTable: Sendable {
    let configuration: ModelClientConfiguration
    /// By the name of the first model.
    private let chains: [String: [CallTarget]]
    private let fast: [CallTarget]
    private let emergency: [CallTarget]

    init(_ configuration: ModelClientConfiguration) {
        self.configuration = configuration
        func targets(_ models: [Model]) -> [CallTarget] {
            models.compactMap { model in
                configuration.provider(named: model.provider).map { CallTarget(model: model, provider: $0) }
            }
        }
        chains = Dictionary(
            configuration.models.map { ($0.name, targets(configuration.chain(startingWith: $0))) },
            uniquingKeysWith: { first, _ in first })
        fast = targets(configuration.latency.models.compactMap(configuration.model(named:)))
        emergency = targets(configuration.budgets.emergencyModels.compactMap(configuration.model(named:)))
    }

    /// How a call goes about by the configuration alone.
    ///
    /// - Throws: ``ModelClientError`` `.stopped` when there is no such model, `.noModelAllowed` when none may see the
    ///   data.
    func plan(for call: ModelCall) throws -> CallPlan {
        let isFast = call.routing.isLatencyCritical && call.modelOverride == nil
        let policy = configuration.policies.policy(for: call)
        var targets = isFast && !fast.isEmpty ? fast : try chain(for: call)
        if policy != .open {
            targets.removeAll { !$0.satisfies(policy) }
            guard !targets.isEmpty else { throw ModelClientError.noModelAllowed }
        }
        let limits = configuration.limits
        return CallPlan(
            targets: Array(targets.prefix(limits.maxModels)),
            emergencyTargets: Array(emergencyChain(of: targets, policy: policy).prefix(limits.maxModels)),
            policy: policy, labels: call.labels,
            priority: call.priority,
            deadline: call.routing.isLatencyCritical
                ? min(call.deadline, configuration.latency.deadline) : call.deadline,
            maxRequests: max(1, min(limits.maxRequests, call.maxRequests ?? .max)), spendLimit: call.spendLimit)
    }

    /// The emergency models, those of the call's own chain first.
    private func emergencyChain(of targets: [CallTarget], policy: DataPolicy) -> [CallTarget] {
        let allowed = emergency.filter { policy == .open || $0.satisfies(policy) }
        let own = targets.filter { target in allowed.contains { $0.model.name == target.model.name } }
        return own + allowed.filter { target in !own.contains { $0.model.name == target.model.name } }
    }

    private func chain(for call: ModelCall) throws -> [CallTarget] {
        let name = configuration.routing.model(for: call.routing, override: call.modelOverride)
        guard let chain = chains[name] ?? configuration.aliases[name].flatMap({ chains[$0] }) else {
            let advice = NearestName(names: configuration.models.map(\.name)).advice(for: name)
            throw ModelClientError(.stopped, "model \"\(name)\" is not configured: \(advice)", attempts: [])
        }
        guard chain.first?.model.name == (configuration.aliases[name] ?? name) else {
            let message = "the provider of model \"\(name)\" is not configured: add it"
            throw ModelClientError(.stopped, message, attempts: [])
        }
        return chain
    }
}

extension ModelClientError {
    fileprivate static let noModelAllowed = ModelClientError(
        .noModelAllowed,
        "no model of the chain satisfies the data policy: say in the configuration what the providers do with prompts, "
            + "or add a model that may see them",
        attempts: [])
}
