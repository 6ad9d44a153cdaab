public import Vocabulary

extension ModelClientConfiguration {
    /// The models that are asked for this routing, in order: the one the matrix names, then its own fallbacks.
    ///
    /// Each model appears once, and there are at most ``CallLimits/maxModels``. Fallbacks of fallbacks do not count,
    /// so that a chain can be read off one entry of the configuration.
    ///
    /// - Returns: an empty list when the model to ask first is not configured.
    public func chain(for routing: Routing, override: String? = nil) -> [Model] {
        guard let first = model(named: self.routing.model(for: routing, override: override)) else { return [] }
        var seen: Set<String> = []
        let models = [first] + first.fallbacks.compactMap(model(named:))
        return Array(models.filter { seen.insert($0.name).inserted }.prefix(limits.maxModels))
    }
}
