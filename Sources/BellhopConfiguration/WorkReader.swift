import CostEstimate
import Foundation
import Vocabulary

/// Reads one kind of work of a workload.
enum WorkReader {
    static let keys: Keys = [
        "name": .value, "task": .value, "class": .value, "complexity": .value, "calls_per_day": .value,
        "tokens": .value,
        "split": .value, "prompt": .value, "completion": .value, "claimed": .mapping(claimKeys),
        "stated": .mapping(pricedModelKeys),
    ]
    static let pricedModelKeys: Keys = ["model": .value, "prompt": .value, "completion": .value]
    static let claimKeys: Keys = ["single": .value, "routed": .value]

    static func read(_ map: YAMLMapping) throws -> Work {
        try map.check(keys)
        let routing = Routing(
            try map.required("class").choice(RoutingClass.self), task: try task(map.required("task")),
            complexity: try map["complexity"].map { try $0.choice(Complexity.self).meaning } ?? .normal)
        return Work(
            name: try map["name"]?.text() ?? routing.task.rawValue, routing: routing,
            callsPerDay: try map.required("calls_per_day").callsPerDay(), tokens: try tokens(map),
            assumesEvenSplit: map["tokens"] != nil && map["split"] == nil, stated: try map["stated"].map(pricedModel),
            claimed: try map["claimed"].map { try claims($0.mapping()) } ?? Claims())
    }

    private enum Complexity: String, CaseIterable {
        case normal, high

        var meaning: Routing.Complexity {
            self == .high ? .high : .normal
        }
    }

    private static func task(_ value: YAMLValue) throws -> TaskType {
        TaskType(rawValue: try value.word(value.text(), "a task"))
    }

    private static func tokens(_ map: YAMLMapping) throws -> TokensPerCall {
        guard let total = map["tokens"] else {
            if let split = map["split"] { throw split.mistake("is a share of tokens; write tokens beside it") }
            guard let prompt = map["prompt"], let completion = map["completion"] else {
                throw map.owner.mistake("needs the tokens of a call: tokens: 800, or prompt: 600 and completion: 200")
            }
            return TokensPerCall(prompt: try prompt.tokens(0), completion: try completion.tokens(0))
        }
        for key in ["prompt", "completion"] {
            if let value = map[key] { throw value.mistake("says the same as tokens; leave out one of them") }
        }
        guard let split = map["split"] else { return .evenSplit(of: try total.tokens(1)) }
        return TokensPerCall(total: try total.tokens(1), promptShare: try split.share())
    }

    static func pricedModel(_ value: YAMLValue) throws -> PricedModel {
        let map = try value.mapping()
        try map.check(pricedModelKeys)
        return PricedModel(
            name: try map.required("model").text(), prompt: try map.required("prompt").tokenPrice(),
            completion: try map.required("completion").tokenPrice())
    }

    /// - Parameter keys: those that the mapping takes, with what the caller reads of it.
    static func claims(_ map: YAMLMapping, keys: Keys = claimKeys) throws -> Claims {
        try map.check(keys)
        return Claims(single: try map["single"]?.claimedDollars(), routed: try map["routed"]?.claimedDollars())
    }
}
