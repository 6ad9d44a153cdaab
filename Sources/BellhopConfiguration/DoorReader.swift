import Addresses

/// Reads what `server` says about the public door: whom it believes, and how much it bears.
enum DoorReader {
    static let limitsKeys: Keys = [
        "connections": .value, "per_address": .value, "body": .value, "bodies": .value, "headers": .value,
        "header_count": .value,
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
        guard limits.body <= limits.bodies else {
            throw (map["body"] ?? map.owner).mistake(
                "must not be more than server.limits.bodies, all bodies together, which is \(limits.bodies) bytes")
        }
        return limits
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
