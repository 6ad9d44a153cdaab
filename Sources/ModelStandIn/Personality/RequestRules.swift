/// What a server refuses of a request that it can read.
struct RequestRules: Sendable {
    let traits: PersonalityTraits
    /// Whether fields that OpenAI does not know and models without a price are refused by any server.
    let isStrict: Bool
    let reasoningModels: Set<String>

    /// - Parameter price: what the model costs; `nil` when it is not on the price list.
    /// - Throws: ``APIError`` for the first rule that the request breaks.
    func check(_ request: CompletionRequest, price: ModelPrice?) throws(APIError) {
        try checkFields(of: request)
        if traits.hasReasoningModels, reasoningModels.contains(request.model), request.fields.contains("max_tokens") {
            throw APIError(
                400, "unsupported_parameter",
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                    + "Use 'max_completion_tokens' instead.", parameter: "max_tokens")
        }
        guard let price else {
            guard isStrict else { return }
            throw APIError(404, "not_found", "The model \(request.model) is not on the price list")
        }
        if traits.obeysProviderField, let limit = request.maxPrice, !limit.allows(price) {
            throw .unavailable(404, "not_found", .overMaxPrice(request.model))
        }
    }

    private func checkFields(of request: CompletionRequest) throws(APIError) {
        if let known = isStrict ? CompletionRequest.openAIFields : traits.knownFields,
            let field = request.unknownField(known)
        {
            throw .unknownField(field)
        }
        if traits.obeysProviderField, let field = request.unknownProviderField {
            throw .badRequest("Unrecognized key in 'provider': \(field)", parameter: "provider")
        }
    }
}
