import Foundation
import Vocabulary

@testable import ModelClient

extension RequestEncoder {
    /// For the model "maker/a" at 1 and 10 dollars per million tokens.
    static func sample(
        _ dialect: Provider.Dialect, _ change: (inout Model) -> Void = { _ in }
    ) -> RequestEncoder {
        var model = Model.sample("a")
        model.id = "maker/a"
        change(&model)
        let provider = Provider(
            name: "one", baseURL: "https://one.example.com/api/v1/", apiKey: Secret("sk-test-not-a-key"),
            dialect: dialect, headers: ["X-OpenRouter-Title": "Bellhop", "HTTP-Referer": "https://shop.example.com"])
        return RequestEncoder(model: model, provider: provider)
    }

    func json(
        for call: ModelCall, policy: DataPolicy = .open, correction: Correction? = nil
    ) throws -> JSONValue {
        try JSONValue(parsing: body(for: call, policy: policy, correction: correction))
    }
}

extension Tool {
    /// Looks an order up by its name.
    static let sample = Tool(
        name: "find_order", description: "Finds an order.",
        parameters: .object(["name": .string(maxLength: 20), "limit": .integer(1...5).nullable]))
}
