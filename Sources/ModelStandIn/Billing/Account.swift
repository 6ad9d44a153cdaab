import Synchronization
import Vocabulary

/// What the owner of a key can look up: a single answer, and what the key has spent.
final class Account: Sendable {
    private let bill: Bill
    private let keyLimit: USD?
    private let delay: Int
    /// How often an answer was asked for too early.
    private let early = Mutex<[String: Int]>([:])

    /// - Parameter delay: how often an answer is not there yet.
    init(bill: Bill, keyLimit: USD?, delay: Int) {
        self.bill = bill
        self.keyLimit = keyLimit
        self.delay = delay
    }

    /// The answer of `GET /v1/generation`.
    ///
    /// - Throws: ``APIError`` with status 404 when there is no such answer or not yet, and 400 without an id.
    func generation(id: String?) throws(APIError) -> JSONValue {
        guard let id, !id.isEmpty else { throw .badRequest("'id' must be present.", parameter: "id") }
        guard let entry = bill.entry(id: id), let generation = entry.generation, isThere(id) else {
            throw APIError(404, "not_found", "Generation \(id.prefix(100)) not found")
        }
        return ["data": generation]
    }

    /// The answer of `GET /v1/key`. The server's whole life counts as this day, week and month.
    var key: JSONValue {
        let used = bill.cost
        let usage = JSONValue.number(used.dollars)
        return [
            "data": [
                "label": "sk-or-v1-stand-in", "limit": .dollars(keyLimit), "limit_reset": .null,
                "limit_remaining": .dollars(keyLimit.map { max(.zero, $0 - used) }), "usage": usage,
                "usage_daily": usage, "usage_weekly": usage, "usage_monthly": usage, "byok_usage": 0,
                "include_byok_in_limit": false, "is_free_tier": false, "is_management_key": false, "expires_at": .null,
            ]
        ]
    }

    private func isThere(_ id: String) -> Bool {
        early.withLock { early in
            let count = early[id] ?? 0
            guard count < delay else { return true }
            early[id] = count + 1
            return false
        }
    }
}

extension BillStatement.Entry {
    /// What OpenRouter tells about an answer later; `nil` when no model has answered.
    fileprivate var generation: JSONValue? {
        guard let finishReason else { return nil }
        let promptTokens = JSONValue.integer(Int64(promptTokens))
        let completionTokens = JSONValue.integer(Int64(completionTokens))
        return [
            "id": .string(id), "model": .string(servedBy ?? model), "provider_name": "StandIn",
            "created_at": .string(createdAt), "total_cost": .dollars(cost), "usage": .dollars(cost),
            "cache_discount": .null, "upstream_inference_cost": .null, "is_byok": false,
            "tokens_prompt": promptTokens, "tokens_completion": completionTokens,
            "native_tokens_prompt": promptTokens, "native_tokens_completion": completionTokens,
            "native_tokens_reasoning": .integer(Int64(reasoningTokens)), "native_tokens_cached": 0,
            "finish_reason": .string(finishReason), "native_finish_reason": .string(finishReason),
            "streamed": .bool(isStream), "cancelled": false,
        ]
    }
}

extension JSONValue {
    fileprivate static func dollars(_ amount: USD?) -> JSONValue {
        amount.map { .number($0.dollars) } ?? .null
    }
}
