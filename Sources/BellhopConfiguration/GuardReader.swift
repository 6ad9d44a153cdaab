/// Reads what a subscription says about echoes and loops.
enum GuardReader {
    static let echoKeys: Keys = ["fields": .list(.value)]
    static let loopKeys: Keys = ["runs": .value, "within": .value]

    static func echoFields(_ map: YAMLMapping) throws -> [String] {
        try map.check(echoKeys)
        let value = try map.required("fields")
        let fields = try value.someTexts()
        guard fields.count <= 50 else { throw value.mistake("names more than 50 fields") }
        if let path = fields.first(where: { $0.contains(".") }) {
            throw value.mistake("names \(path); an echo is told by top-level fields, such as tags")
        }
        return fields
    }

    static func loopLimit(_ map: YAMLMapping) throws -> Subscription.LoopLimit {
        try map.check(loopKeys)
        return Subscription.LoopLimit(
            runs: try map["runs"]?.integer(1...1000), window: try map["within"].map(window))
    }

    private static func window(_ value: YAMLValue) throws -> Duration {
        let window = try value.duration()
        guard (.seconds(1) ... .seconds(86_400)).contains(window) else { throw value.mistake("must be from 1s to 24h") }
        return window
    }
}
