import Addresses

/// Reads what `server` says about the public door: whom it believes, and how much it bears.
enum DoorReader {
    static let limitsKeys: Keys = [
        "connections": .value, "per_address": .value, "body": .value, "bodies": .value, "headers": .value,
        "header_count": .value, "idle": .value,
    ]

    static func limits(_ map: YAMLMapping) throws -> Settings.Server.Limits {
        try map.check(limitsKeys)
        var limits = Settings.Server.Limits()
        if let value = map["connections"] { limits.connections = try value.integer(16...50_000) }
        if let value = map["per_address"] { limits.perAddress = try value.integer(1...50_000) }
        if let value = map["body"] { limits.body = try value.bytes(1024...(1 << 30)) }
        if let value = map["bodies"] { limits.bodies = try value.bytes((1 << 20)...(1 << 40)) }
        if let value = map["headers"] { limits.headers = try value.bytes(4096...(1 << 20)) }
        if let value = map["header_count"] { limits.headerCount = try value.integer(32...10_000) }
        if let value = map["idle"] { limits.idle = try idle(value) }
        if let value = map["body"], let body = limits.body, let bodies = limits.bodies, body > bodies {
            throw value.mistake(
                "must not be more than server.limits.bodies, all bodies together, which is \(bodies) bytes")
        }
        return limits
    }

    private static func idle(_ value: YAMLValue) throws -> Duration {
        let idle = try value.duration()
        guard (.seconds(5)...(.seconds(3600))).contains(idle) else { throw value.mistake("must be from 5s to 1h") }
        return idle
    }

    static func proxies(_ value: YAMLValue) throws -> [AddressRange] {
        try value.list().map { entry in
            guard let range = AddressRange(try entry.text()) else {
                throw entry.mistake(
                    "must be an address or a range of addresses with no bits behind its prefix, for example 10.0.0.0/8 or "
                        + "2001:db8::/32")
            }
            return range
        }
    }
}
