public import Vocabulary

extension ModelClientConfiguration {
    /// The models that are asked for this routing, in order: the fast ones for a question that somebody waits for, else
    /// the one that the matrix names and its own fallbacks. Data policies and the state of the day may leave fewer.
    ///
    /// Each model appears once, and there are at most ``CallLimits/maxModels``. Fallbacks of fallbacks do not count,
    /// so that a chain can be read off one entry of the configuration.
    ///
    /// - Returns: an empty list when the model to ask first is not configured.
    public func chain(for routing: Routing, override: String? = nil) -> [Model] {
        Array(candidates(for: routing, override: override).prefix(limits.maxModels))
    }

    /// The same without the limit on their number: those behind it move up where a policy takes others away.
    package func candidates(for routing: Routing, override: String? = nil) -> [Model] {
        if routing.isLatencyCritical, override == nil, !latency.models.isEmpty {
            return latency.models.compactMap(model(named:))
        }
        return model(named: self.routing.model(for: routing, override: override)).map(chain(startingWith:)) ?? []
    }

    /// A model and its fallbacks, each once.
    func chain(startingWith first: Model) -> [Model] {
        var seen: Set<String> = []
        return ([first] + first.fallbacks.compactMap(model(named:))).filter { seen.insert($0.name).inserted }
    }
}
