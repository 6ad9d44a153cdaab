import HTTPCore
import Vocabulary

/// Compares the configuration's prices with those that a provider lists.
struct PriceLookup {
    let client: FallbackClient

    /// Takes over the prices that the provider lists for its models, and tells of each that has changed.
    ///
    /// - Throws: `CancellationError`; a provider that does not answer leaves everything as it was.
    func run(_ provider: Provider) async throws {
        let listing: ModelListing
        do {
            let response = try await client.transport.send(provider.listingRequest)
            guard response.status == 200, let read = try? ModelListing(parsing: response.body) else { return }
            listing = read
        } catch is TransportError {
            return
        }
        for model in client.core.configuration.models where model.provider == provider.name {
            compare(model, with: listing.entry(for: model.id, dialect: provider.dialect))
        }
    }

    private func compare(_ model: Model, with entry: ModelListing.Entry?) {
        guard let prompt = entry?.promptPrice, let completion = entry?.completionPrice else { return }
        // A list that says nothing of requests leaves their price as it was set.
        let listed = PricePair(
            prompt: prompt, completion: completion, request: entry?.requestPrice ?? model.requestPrice)
        let configured = model.promptPrice.flatMap { prompt in
            model.completionPrice.map { PricePair(prompt: prompt, completion: $0, request: model.requestPrice) }
        }
        let known = client.core.prices[model.name] ?? configured
        guard listed != known else { return }
        client.core.changePrices { $0[model.name] = listed == configured ? nil : listed }
        if let known { client.core.alert(.priceChanged(model: model.name, from: known, to: listed)) }
    }
}
