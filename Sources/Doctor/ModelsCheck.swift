import Foundation
import ModelClient
import Vocabulary

/// Holds the configured models of a provider against its list.
struct ModelsCheck {
    let configuration: ModelClientConfiguration
    let provider: Provider
    let listing: ModelListing

    func run() -> [Finding] {
        let reachable = Set(configuration.reachableModels.map(\.name))
        return configuration.models.filter { $0.provider == provider.name }.flatMap { model in
            guard let entry = listing.entry(for: model.id, dialect: provider.dialect) else {
                return [missing(model, isNeeded: reachable.contains(model.name))]
            }
            let findings = [price(model, entry), expiry(model, entry)].compactMap { $0 }
            return findings.isEmpty ? [Finding(.models, .ok, model.name, "is listed\(entry.priceWords)")] : findings
        }
    }

    private func missing(_ model: Model, isNeeded: Bool) -> Finding {
        let near = NearestName(names: listing.entries.map(\.id)).nearest(to: model.id)
        return Finding(
            .models, isNeeded ? .fail : .warn, model.name, "\(provider.name) does not list the id \"\(model.id)\"",
            advice: near.map { "write id: \($0)" } ?? "look the id up at the provider, or remove the model")
    }

    /// `nil` when the prices agree, or the provider lists none.
    private func price(_ model: Model, _ entry: ModelListing.Entry) -> Finding? {
        guard let prompt = entry.promptPrice, let completion = entry.completionPrice else { return nil }
        let advice = "write price: { prompt: \(prompt.words), completion: \(completion.words)\(cached(model, entry)) }"
        guard let ownPrompt = model.promptPrice, let ownCompletion = model.completionPrice else {
            return Finding(.models, .warn, model.name, "has no price, and is listed\(entry.priceWords)", advice: advice)
        }
        let cachedDiffers =
            model.cachedPromptPrice != nil && entry.cachedPromptPrice != nil
            && model.cachedPromptPrice != entry.cachedPromptPrice
        guard ownPrompt != prompt || ownCompletion != completion || cachedDiffers else { return nil }
        return Finding(
            .models, .warn, model.name,
            "is configured at \(ownPrompt.words) / \(ownCompletion.words), and listed\(entry.priceWords)",
            advice: advice)
    }

    private func cached(_ model: Model, _ entry: ModelListing.Entry) -> String {
        guard model.cachedPromptPrice != nil, let cached = entry.cachedPromptPrice else { return "" }
        return ", cached: \(cached.words)"
    }

    private func expiry(_ model: Model, _ entry: ModelListing.Entry) -> Finding? {
        entry.expirationDate.map { date in
            Finding(
                .models, .warn, model.name, "is taken off the list on \(date)",
                advice: "choose another model before that")
        }
    }
}

extension TokenPrice {
    /// Dollars per million tokens.
    fileprivate var words: String { dollarsPerMillion.description }
}

extension ModelListing.Entry {
    fileprivate var priceWords: String {
        guard let promptPrice, let completionPrice else { return "" }
        return " at \(promptPrice.words) / \(completionPrice.words) dollars per million tokens"
    }
}
