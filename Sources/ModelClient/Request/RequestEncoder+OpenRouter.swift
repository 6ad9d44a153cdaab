import Vocabulary

extension RequestEncoder {
    /// OpenRouter's `provider` object; `nil` when there is nothing to wish for. It refuses names that it does not know.
    func wishes(for call: ModelCall, policy: DataPolicy) -> JSONValue? {
        var wishes: [String: JSONValue] = [:]
        if sendsSchema(for: call) {
            // Otherwise an endpoint that does not know `response_format` may be chosen and drop it.
            wishes["require_parameters"] = true
        }
        // Who serves a model may ask more for it than the list says; a request's worst case counts on the list.
        if let prompt = model.promptPrice, let completion = model.completionPrice {
            wishes["max_price"] = [
                "prompt": .string(prompt.dollarsPerMillionText),
                "completion": .string(completion.dollarsPerMillionText),
                "request": .string("\(model.requestPrice.dollars)"),
            ]
        }
        if policy.noTraining { wishes["data_collection"] = "deny" }
        if policy.zeroRetention { wishes["zdr"] = true }
        if call.routing.isLatencyCritical { wishes["sort"] = "latency" }
        return wishes.isEmpty ? nil : .object(wishes)
    }
}

extension TokenPrice {
    /// The price in dollars per million tokens, exactly: a pico-dollar per token is a millionth of a dollar per
    /// million.
    fileprivate var dollarsPerMillionText: String {
        let (dollars, micros) = picos.quotientAndRemainder(dividingBy: 1_000_000)
        guard micros > 0 else { return String(dollars) }
        var fraction = String(micros)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return "\(dollars).\(fraction)"
    }
}
