import Doctor
import Foundation
import ModelClient
import Vocabulary

enum Samples {
    static func model(
        _ name: String, prompt: Int64? = 250_000, completion: Int64? = 1_500_000, cached: Int64? = nil,
        provider: String = "router", fallbacks: [String] = []
    ) -> Model {
        Model(
            name: name, provider: provider, promptPrice: prompt.flatMap { TokenPrice(picos: $0) },
            completionPrice: completion.flatMap { TokenPrice(picos: $0) },
            cachedPromptPrice: cached.flatMap { TokenPrice(picos: $0) }, fallbacks: fallbacks)
    }

    static func configuration(_ models: [Model], dialect: Provider.Dialect = .openRouter) -> ModelClientConfiguration {
        ModelClientConfiguration(
            providers: [Provider(name: "router", baseURL: "http://127.0.0.1:1/v1", dialect: dialect)], models: models,
            routing: RoutingMatrix(defaultModel: models.first?.name ?? ""))
    }

    static func listed(
        _ id: String, prompt: Int64? = 250_000, completion: Int64? = 1_500_000, cached: Int64? = nil,
        until expiry: String? = nil
    ) -> ModelListing.Entry {
        ModelListing.Entry(
            id: id, promptPrice: prompt.flatMap { TokenPrice(picos: $0) },
            completionPrice: completion.flatMap { TokenPrice(picos: $0) },
            cachedPromptPrice: cached.flatMap { TokenPrice(picos: $0) }, expirationDate: expiry)
    }
}
