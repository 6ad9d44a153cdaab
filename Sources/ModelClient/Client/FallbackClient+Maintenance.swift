extension FallbackClient {
    /// How often costs that are not known are asked for.
    private static let costInterval = Duration.seconds(60)

    /// Does what is to be done beside the calls, until the task is cancelled: asks for costs that are not known, looks
    /// up prices when a provider has nobody who serves a model at ours, and takes over listed prices from time to time.
    ///
    /// - Parameter priceInterval: how often all prices are looked up, the first time at once; `nil` for only when
    ///   needed.
    public func maintain(priceInterval: Duration? = nil) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await lookUpCosts() }
            group.addTask {
                for await name in core.priceRequests {
                    guard let provider = core.configuration.provider(named: name) else { continue }
                    try? await PriceLookup(client: self).run(provider)
                }
            }
            if let priceInterval {
                group.addTask { await lookUpPrices(every: priceInterval) }
            }
        }
    }

    /// Takes over the prices that the providers list, once. A price that has changed raises an alert and counts from
    /// then on, until the configuration changes.
    ///
    /// - Throws: `CancellationError`.
    public func refreshPrices() async throws {
        for provider in core.configuration.providers { try await PriceLookup(client: self).run(provider) }
    }

    private func lookUpCosts() async {
        var lookup = CostLookup(client: self)
        while !Task.isCancelled {
            // A ledger that fails now may answer the next time.
            try? await lookup.run()
            guard (try? await core.time.sleep(Self.costInterval)) != nil else { return }
        }
    }

    private func lookUpPrices(every interval: Duration) async {
        while !Task.isCancelled {
            try? await refreshPrices()
            guard (try? await core.time.sleep(interval)) != nil else { return }
        }
    }
}
