import Foundation
package import Vocabulary

/// A bill at one moment.
package struct BillStatement: Sendable, Hashable, Codable {
    /// The last requests, oldest first.
    package var requests: [Entry]
    /// All requests ever answered, by model.
    package var totals: [Total]

    /// One answered request.
    package struct Entry: Sendable, Hashable, Codable {
        /// 1 for the first request.
        package var sequence: Int
        /// The id of the answer, also in its `X-Generation-Id` header.
        package var id: String
        /// An ISO 8601 date and time.
        package var createdAt: String
        /// The model that was asked; empty when the request could not be read.
        package var model: String
        /// The model that answered, when it is another.
        package var servedBy: String?
        /// The `task` in the request's metadata.
        package var task: String?
        /// The name of the request's schema.
        package var answer: String?
        /// The status sent, or meant to be sent before the connection was cut.
        package var status: Int
        /// Why the answer ended; `nil` when no model has answered.
        package var finishReason: String?
        package var isStream: Bool
        package var promptTokens: Int
        package var completionTokens: Int
        /// Those of `completionTokens` that are reasoning.
        package var reasoningTokens: Int
        /// `nil` when the model is not on the price list.
        package var cost: USD?
        /// The text form of the fault that the request met.
        package var fault: String?

        enum CodingKeys: String, CodingKey {
            case sequence, id, model, task, answer, status, fault
            case createdAt = "created_at"
            case servedBy = "served_by"
            case finishReason = "finish_reason"
            case isStream = "streamed"
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case reasoningTokens = "reasoning_tokens"
            case cost = "cost_nanos"
        }
    }

    /// What one model was asked and what that cost.
    package struct Total: Sendable, Hashable, Codable {
        package var model: String
        package var requests = 0
        package var faults = 0
        package var promptTokens = 0
        package var completionTokens = 0
        /// The sum of all known costs.
        package var cost = USD.zero
        /// How many requests have an unknown cost.
        package var unpriced = 0

        enum CodingKeys: String, CodingKey {
            case model, requests, faults, unpriced
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case cost = "cost_nanos"
        }
    }

    /// What all models cost together.
    package var cost: USD {
        totals.map(\.cost).total()
    }
}

extension BillStatement.Entry {
    init(sequence: Int, _ request: BilledRequest) {
        self.sequence = sequence
        id = request.id
        createdAt = request.created.ISO8601Format()
        model = request.model
        task = request.task
        answer = request.answer
        status = request.status
        fault = request.fault
        let charge = request.charge
        servedBy = charge?.model == model ? nil : charge?.model
        finishReason = charge?.finishReason
        isStream = charge?.isStream ?? false
        promptTokens = charge?.tokens.prompt ?? 0
        completionTokens = charge?.tokens.completion ?? 0
        reasoningTokens = charge?.tokens.reasoning ?? 0
        // Without an answer nothing is charged, which is not the same as an unknown cost.
        cost = if let charge { charge.cost } else { .zero }
    }
}

extension BillStatement.Total {
    init(model: String) {
        self.model = model
    }

    mutating func add(_ entry: BillStatement.Entry) {
        requests += 1
        faults += entry.fault == nil ? 0 : 1
        promptTokens += entry.promptTokens
        completionTokens += entry.completionTokens
        cost += entry.cost ?? .zero
        unpriced += entry.cost == nil ? 1 : 0
    }
}
