import Foundation

@testable import ModelClient

extension FuzzTarget {
    /// A provider's list of models and prices.
    static let modelList = FuzzTarget(name: "model-list") { data in
        guard let list = try? ModelListing(parsing: data) else { return }
        for entry in list.entries {
            try require(!entry.id.isEmpty, "a model has no name")
            let prices = [entry.promptPrice, entry.completionPrice, entry.cachedPromptPrice].compactMap { $0 }
            try require(prices.allSatisfy { $0.picos >= 0 }, "a price is negative")
            try require(entry.requestPrice.map { $0 >= .zero } ?? true, "a request pays money back")
            try require(entry.contextLength.map { $0 > 0 } ?? true, "a context has no room")
            try require(entry.expirationDate.map { $0.count <= 40 } ?? true, "a date is long")
            for dialect in [Provider.Dialect.openRouter, .ollama] {
                try require(list.entry(for: entry.id, dialect: dialect)?.id == entry.id, "a listed model is not found")
            }
        }
    }
}
