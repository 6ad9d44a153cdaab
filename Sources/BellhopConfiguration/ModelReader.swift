import ModelClient
import Vocabulary

/// Reads an entry of `models`.
enum ModelReader {
    static let keys: Keys = [
        "provider": .value, "id": .value, "price": .mapping(priceKeys), "fallbacks": .list(.value),
        "refuses": .list(.value), "structured_output": .value, "reasoning_effort": .value, "timeout": .value,
        "rate_limits": .mapping(ProviderReader.rateLimitKeys), "data": .mapping(PolicyReader.keys),
    ]
    private static let priceKeys: Keys = ["prompt": .value, "completion": .value, "cached": .value, "request": .value]

    static func read(_ name: String, _ map: YAMLMapping) throws -> Model {
        try map.check(keys)
        var model = Model(name: name, provider: try map.required("provider").text(), id: try map["id"]?.text())
        if let price = try map["price"]?.mapping() { try read(price, into: &model) }
        if let fallbacks = map["fallbacks"] { model.fallbacks = try fallbacks.texts() }
        if let fields = map["refuses"] {
            model.refuses = Set(try fields.list().map { try $0.choice(Model.Field.self) })
        }
        if let flag = map["structured_output"] { model.structuredOutput = try flag.bool() }
        model.reasoningEffort = try map["reasoning_effort"]?.choice(ReasoningEffort.self).rawValue
        model.timeout = try map["timeout"]?.positiveDuration()
        if let limits = map["rate_limits"] { model.rateLimits = try ProviderReader.rateLimits(limits.mapping()) }
        model.dataHandling = try map["data"].map(PolicyReader.handling)
        return model
    }

    private static func read(_ price: YAMLMapping, into model: inout Model) throws {
        try price.check(priceKeys)
        model.promptPrice = try price.required("prompt").tokenPrice()
        model.completionPrice = try price.required("completion").tokenPrice()
        model.cachedPromptPrice = try price["cached"]?.tokenPrice()
        model.requestPrice = try price["request"]?.dollars() ?? .zero
    }

    private enum ReasoningEffort: String, CaseIterable {
        case none, minimal, low, medium, high
    }
}
