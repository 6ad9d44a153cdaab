import Foundation
import HTTPCore
import Vocabulary

/// What a response says about tokens and money.
struct UsageReport: Equatable {
    var usage: Usage?
    /// What the provider charged, as far as it says: OpenRouter as `usage.cost`, LiteLLM in a header.
    var charged: USD?

    static let nothing = UsageReport(usage: nil, charged: nil)
}

extension UsageReport {
    /// Reads the `usage` of a body or of an event.
    init(in body: JSONValue?) {
        let report = body?["usage"]
        if let prompt = report?.count("prompt_tokens"), let completion = report?.count("completion_tokens") {
            let cached = report?["prompt_tokens_details"]?.count("cached_tokens") ?? 0
            usage = Usage(
                promptTokens: prompt, completionTokens: completion, cachedTokens: min(cached, prompt))
        }
        charged = report?["cost"]?.amount
        // With a key of one's own at the upstream, `cost` is OpenRouter's share and the upstream sends its own bill.
        if report?["is_byok"]?.bool == true, let own = report?["cost_details"]?["upstream_inference_cost"]?.amount {
            charged = charged.map { $0 + own }
        }
    }

    /// What the `usage` does not tell may stand in the headers.
    mutating func fill(from response: TransportResponse) {
        if charged != nil { return }
        let amount = response.header("x-litellm-response-cost").flatMap { JSONValue.string($0).amount }
        if response.header("X-OpenRouter-Cache-Status")?.lowercased() == "hit" {
            charged = .zero
        } else if let amount, amount > .zero {
            // LiteLLM also says zero for a model whose price it does not know.
            charged = amount
        }
    }

    /// What the request cost: as charged, else by the list price of the tokens, else unknown.
    ///
    /// - Parameters:
    ///   - status: the HTTP status. A refusal with a 4xx, and a 503 or 529 of an overloaded server, happen before any
    ///     work and are not billed; a 408 tells of work that took too long.
    func cost(for model: Model, status: Int) -> Cost {
        if let charged { return .billed(charged) }
        // A prompt has at least one token: who reports none has not counted.
        if let usage, usage.promptTokens > 0 || usage.completionTokens > 0 {
            return model.listPrice(of: usage).map(Cost.estimated) ?? .unknown
        }
        let isRefusal = (400...499).contains(status) && status != 408 || status == 503 || status == 529
        return isRefusal ? .none : .unknown
    }
}

extension Model {
    /// What the tokens cost at list price; `nil` when a price is not known.
    ///
    /// Cached tokens are part of the prompt's, reasoning tokens of the completion's.
    func listPrice(of usage: Usage) -> USD? {
        guard let promptPrice, let completionPrice else { return nil }
        let cached = min(max(0, usage.cachedTokens), usage.promptTokens)
        return promptPrice.cost(of: usage.promptTokens - cached) + (cachedPromptPrice ?? promptPrice).cost(of: cached)
            + completionPrice.cost(of: usage.completionTokens) + requestPrice
    }
}

extension JSONValue {
    fileprivate func count(_ key: String) -> Int? {
        self[key]?.integer.flatMap { $0 >= 0 ? Int(min($0, mostTokens)) : nil }
    }

    /// An amount of dollars, also when written as text such as `1e-05`. A negative one means nothing that could be
    /// trusted.
    fileprivate var amount: USD? {
        let number =
            decimal
            ?? string.flatMap { text in
                text.utf8.count <= 40 ? try? JSONValue(parsing: Data(text.utf8)).decimal : nil
            }
        return number.flatMap { $0 >= 0 ? USD(dollars: $0) : nil }
    }
}

/// No request has more tokens. A server that says so is not believed further, or sums and rates would lose all meaning.
private let mostTokens: Int64 = 1_000_000_000
