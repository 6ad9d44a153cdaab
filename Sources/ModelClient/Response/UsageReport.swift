import Foundation
import Vocabulary

/// What a response says about tokens and money.
struct UsageReport: Equatable {
    var usage: Usage?
    /// What the provider charged. OpenRouter reports it as `usage.cost`; other servers report none.
    var charged: USD?

    static let nothing = UsageReport(usage: nil, charged: nil)
}

extension UsageReport {
    init(in body: JSONValue) {
        let report = body["usage"]
        if let prompt = report?.count("prompt_tokens"), let completion = report?.count("completion_tokens") {
            usage = Usage(promptTokens: prompt, completionTokens: completion)
        }
        charged = report?["cost"]?.amount
        // With a key of one's own at the upstream, `cost` is OpenRouter's share and the upstream sends its own bill.
        if report?["is_byok"]?.bool == true, let own = report?["cost_details"]?["upstream_inference_cost"]?.amount {
            charged = charged.map { $0 + own }
        }
    }

    /// What the request cost: as charged, else by the list price of the tokens, else unknown.
    ///
    /// - Parameters:
    ///   - status: the HTTP status. A refusal with a 4xx, and a 503 or 529 of an overloaded server, happen before any
    ///     work and are not billed; a 408 tells of work that took too long.
    func cost(for model: Model, status: Int) -> Cost {
        if let charged { return .billed(charged) }
        if let usage {
            return model.cost(promptTokens: usage.promptTokens, completionTokens: usage.completionTokens)
                .map(Cost.estimated) ?? .unknown
        }
        let isRefusal = (400...499).contains(status) && status != 408 || status == 503 || status == 529
        return isRefusal ? .none : .unknown
    }
}

extension JSONValue {
    fileprivate func count(_ key: String) -> Int? {
        self[key]?.integer.flatMap { $0 >= 0 ? Int(clamping: $0) : nil }
    }

    /// A negative amount means nothing that could be trusted.
    fileprivate var amount: USD? {
        decimal.flatMap { $0 >= 0 ? USD(dollars: $0) : nil }
    }
}
