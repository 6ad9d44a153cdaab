import ModelClient

/// Reads an entry of `providers`.
enum ProviderReader {
    static let keys: Keys = [
        "url": .value, "dialect": .value, "key_env": .value, "headers": .named("HEADER", .value),
        "rate_limits": .mapping(rateLimitKeys), "data": .mapping(PolicyReader.keys),
    ]
    static let rateLimitKeys: Keys = ["requests_per_minute": .value, "tokens_per_minute": .value]

    static func read(_ name: String, _ map: YAMLMapping) throws -> Provider {
        try map.check(keys)
        return Provider(
            name: name, baseURL: try map.required("url").text(),
            dialect: try map["dialect"]?.choice(Provider.Dialect.self) ?? .compatible,
            headers: try map["headers"]?.textsByName() ?? [:],
            rateLimits: try map["rate_limits"].map { try rateLimits($0.mapping()) } ?? .none,
            dataHandling: try map["data"].map(PolicyReader.handling) ?? .unknown)
    }

    static func rateLimits(_ map: YAMLMapping) throws -> RateLimits {
        try map.check(rateLimitKeys)
        return RateLimits(
            requestsPerMinute: try map["requests_per_minute"]?.integer(1...1_000_000),
            tokensPerMinute: try map["tokens_per_minute"]?.integer(1...1_000_000_000))
    }
}
