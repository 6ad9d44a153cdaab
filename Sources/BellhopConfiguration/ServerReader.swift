import Vocabulary

/// Reads the parts of `bellhop.yaml` that are about the server and what it tells people.
enum ServerReader {
    static let serverKeys: Keys = [
        "host": .value, "port": .value, "admin_port": .value, "data": .value, "concurrency": .value,
        "trusted_proxies": .list(.value), "limits": .mapping(DoorReader.limitsKeys),
    ]
    static let eventsKeys: Keys = [
        "max_attempts": .value, "deadline": .value, "max_tokens": .value, "pause_after": .value,
    ]
    static let inboxKeys: Keys = ["min_free_disk": .value]
    static let secretKeys: Keys = ["id": .value, "env": .value, "shops": .list(.value)]
    static let alertsKeys: Keys = ["slack_env": .value]
    static let pricesKeys: Keys = ["refresh": .value]

    static func server(_ map: YAMLMapping) throws -> Settings.Server {
        try map.check(serverKeys)
        var server = Settings.Server()
        if let host = map["host"] { server.host = try host.text() }
        if let port = map["port"] { server.port = try port.integer(0...65535) }
        if let port = map["admin_port"] { server.adminPort = try port.integer(0...65535) }
        if let data = map["data"] { server.dataFolder = try data.text() }
        if let concurrency = map["concurrency"] { server.concurrency = try concurrency.integer(1...1000) }
        if let proxies = map["trusted_proxies"] { server.trustedProxies = try DoorReader.proxies(proxies) }
        if let limits = map["limits"] { server.limits = try DoorReader.limits(limits.mapping()) }
        return server
    }

    static func events(_ map: YAMLMapping) throws -> Settings.Events {
        try map.check(eventsKeys)
        var events = Settings.Events()
        if let attempts = map["max_attempts"] { events.maxAttempts = try attempts.integer(1...100) }
        if let deadline = map["deadline"] { events.deadline = try deadline.positiveDuration() }
        if let tokens = map["max_tokens"] { events.maxTokens = try tokens.integer(16...100_000) }
        if let count = map["pause_after"] {
            events.pauseAfter = try count.integer(0...1000)
            guard events.pauseAfter != 1 else {
                throw count.mistake("must be at least 2, or every failure would stop its handler; 0 for never")
            }
        }
        return events
    }

    static func inbox(_ map: YAMLMapping) throws -> Settings.Inbox {
        try map.check(inboxKeys)
        return Settings.Inbox(minFreeDisk: try map["min_free_disk"]?.bytes(0...1 << 50) ?? Settings.Inbox().minFreeDisk)
    }

    static func secret(_ map: YAMLMapping) throws -> Settings.SecretSource {
        try map.check(secretKeys)
        return Settings.SecretSource(
            id: try map.required("id").text(), variable: try map.required("env").variableName(),
            shops: try map["shops"].map(shops))
    }

    private static func shops(_ value: YAMLValue) throws -> [String] {
        let shops = try value.list().map { try $0.shop() }
        guard !shops.isEmpty else { throw value.mistake("names no shop; leave it out to allow any") }
        return shops
    }

    static func alerts(_ map: YAMLMapping) throws -> Settings.Alerts {
        try map.check(alertsKeys)
        return Settings.Alerts(slack: try map["slack_env"].map { .init(variable: try $0.variableName()) })
    }

    static func prices(_ map: YAMLMapping) throws -> Settings.Prices {
        try map.check(pricesKeys)
        guard let value = map["refresh"] else { return Settings.Prices() }
        let refresh = try value.duration()
        guard refresh >= .seconds(60) else { throw value.mistake("must be at least 1m; leave it out for never") }
        return Settings.Prices(refresh: refresh)
    }
}
