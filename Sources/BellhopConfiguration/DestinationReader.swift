import InboxCore
import ModelClient

/// Reads an entry of `destinations`.
enum DestinationReader {
    static let keys: Keys = [
        "url": .value, "secret_env": .value, "repetition": .value, "ask_url": .value, "requests_per_minute": .value,
        "concurrency": .value, "timeout": .value, "max_attempts": .value,
    ]

    static func name(_ name: String, of value: YAMLValue) throws -> String {
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isName, (1...64).contains(name.utf8.count) else {
            throw value.mistake("must have a name of letters in lower case, digits, - and _, for example stock-system")
        }
        return name
    }

    static func read(_ map: YAMLMapping) throws -> Settings.Destination {
        try map.check(keys)
        let variable = try map.required("secret_env").variableName()
        var destination = Settings.Destination(url: try address(map.required("url")), secretVariable: variable)
        if let repetition = map["repetition"] { destination.repetition = try repetition.choice(Repetition.self) }
        destination.askURL = try askURL(map, repetition: destination.repetition)
        destination.requestsPerMinute = try map["requests_per_minute"]?.integer(1...1_000_000)
        if let concurrency = map["concurrency"] { destination.concurrency = try concurrency.integer(1...100) }
        if let timeout = map["timeout"] { destination.timeout = try limit(timeout) }
        if let attempts = map["max_attempts"] { destination.maxAttempts = try attempts.integer(1...100) }
        return destination
    }

    private static func askURL(_ map: YAMLMapping, repetition: Repetition) throws -> String? {
        guard let value = map["ask_url"] else {
            guard repetition == .askable else { return nil }
            throw map.owner.mistake(
                "is askable: write under ask_url where to ask, for example https://stock.example.com/effects/{key}")
        }
        guard repetition == .askable else {
            throw value.mistake("is for a destination that can be asked: write repetition: askable, or leave it out")
        }
        let address = try value.text()
        guard address.contains("{key}") else {
            throw value.mistake("must hold {key}, for example https://stock.example.com/effects/{key}")
        }
        try check(address.replacing("{key}", with: "key"), of: value)
        return address
    }

    private static func address(_ value: YAMLValue) throws -> String {
        let address = try value.text()
        try check(address, of: value)
        return address
    }

    /// What the address holds is not repeated: somebody may have written a password into it.
    private static func check(_ address: String, of value: YAMLValue) throws {
        do {
            guard try WebAddress(address).isInClear else { return }
            throw value.mistake(
                "must begin with https://; http is only for this machine, such as http://127.0.0.1:9000")
        } catch WebAddress.Flaw.noAddress {
            throw value.mistake("must be an address such as https://stock.example.com/bellhop")
        } catch WebAddress.Flaw.holdsMore {
            throw value.mistake("must hold no user, password or #fragment; posts are signed with secret_env")
        }
    }

    private static func limit(_ value: YAMLValue) throws -> Duration {
        let timeout = try value.positiveDuration()
        guard timeout <= .seconds(60) else { throw value.mistake("must be at most 60s") }
        return timeout
    }
}
