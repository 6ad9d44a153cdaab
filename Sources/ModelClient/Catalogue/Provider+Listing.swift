public import HTTPCore

extension Provider {
    /// The request for the list of models, which ``ModelListing`` reads.
    public var listingRequest: TransportRequest {
        // OpenRouter's list has hundreds of models with long descriptions.
        request(for: "models", limits: .init(total: .seconds(30), responseBytes: 32 << 20))
    }

    /// OpenRouter lists its models to everybody; this request tells whether the key is good: 401 when it is not.
    public var keyRequest: TransportRequest {
        request(for: "key", limits: .init(total: .seconds(15), responseBytes: 1 << 20))
    }

    func request(for path: String, limits: TransportRequest.Limits) -> TransportRequest {
        var base = baseURL[...]
        while base.hasSuffix("/") { base = base.dropLast() }
        var headers = [(name: "Accept", value: "application/json")]
        if let apiKey { headers.append((name: "Authorization", value: "Bearer \(apiKey.value)")) }
        headers += self.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return TransportRequest(.get, url: base + "/" + path, headers: headers, limits: limits)
    }
}
