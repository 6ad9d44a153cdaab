import Foundation
import Vocabulary

extension Answer {
    var usage: JSONValue {
        usage(of: completion.tokens, cost: completion.cost)
    }

    /// What a stream tells when so many tokens of the reply have been sent.
    func usage(afterTokens count: Int) -> JSONValue {
        var tokens = completion.tokens
        tokens.completion = min(count, tokens.completion)
        tokens.reasoning = min(tokens.reasoning, tokens.completion)
        return usage(of: tokens, cost: completion.cost(of: tokens))
    }

    /// The header that tells the cost of a whole answer. What a stream costs is not known when its headers are sent.
    var costHeader: [String: String] {
        guard case .inHeader = traits.cost, !form.isStream, let cost = completion.cost else { return [:] }
        let text: String? =
            switch form.cost {
            case .plain: cost.dollars.description
            case .null: nil
            case .withExponent: cost.withExponent
            case .literally(let number): number
            }
        return text.map { ["x-litellm-response-cost": $0] } ?? [:]
    }

    /// The bytes of a value of this answer.
    func data(_ json: JSONValue) -> Data {
        // Encoding fails only for numbers that JSON cannot write; the server makes none.
        guard let data = try? (form.hasExtraFields ? json.withStrangers : json).canonicalData() else { return Data() }
        guard let literal = costLiteral else { return data }
        return data.replacing(Data(#""cost":\#(Self.costMark)"#.utf8), with: Data(#""cost":\#(literal)"#.utf8))
    }

    private func usage(of tokens: TokenCount, cost: USD?) -> JSONValue {
        var members: [String: JSONValue] = [
            "prompt_tokens": .integer(Int64(tokens.prompt)),
            "completion_tokens": .integer(Int64(tokens.completion)),
            "total_tokens": .integer(Int64(tokens.prompt + tokens.completion)),
        ]
        members["prompt_tokens_details"] = traits.cachedTokens
        if completion.reasoning != nil {
            members["completion_tokens_details"] = ["reasoning_tokens": .integer(Int64(tokens.reasoning))]
        }
        if case .inUsage = traits.cost {
            members["cost"] = told(cost)
            members["is_byok"] = false
            members["cost_details"] = ["upstream_inference_cost": .null]
        }
        return .object(members)
    }

    private func told(_ cost: USD?) -> JSONValue {
        switch form.cost {
        case .null: .null
        case .plain: cost.map { .number($0.dollars) } ?? .null
        case .withExponent, .literally: cost == nil ? .null : .integer(Self.costMark)
        }
    }

    /// Digits that no encoder writes; they are put in place of a mark.
    private var costLiteral: String? {
        switch form.cost {
        case .plain, .null: nil
        case .withExponent: completion.cost?.withExponent
        case .literally(let number): number
        }
    }

    /// Stands for a literal cost until the JSON is written. No cost is negative.
    private static let costMark: Int64 = -1_234_567_890
}

extension USD {
    fileprivate var withExponent: String {
        "\(nanos)e-09"
    }
}

extension JSONValue {
    /// The same with a member that nobody knows in every object.
    fileprivate var withStrangers: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.mapValues(\.withStrangers)
                    .merging(["x_unheard_of": ["kind": "stranger", "values": [1, .null, "two"]]]) { own, _ in own })
        case .array(let elements): .array(elements.map(\.withStrangers))
        default: self
        }
    }
}
