extension Fault: CustomStringConvertible {
    /// The fault with its parameter, for example `rate_limited:3600`.
    package var description: String {
        if case .raw = self { return "raw" }
        // The name under which this fault's own parameter makes this fault again.
        let spelling = FaultSpelling.all.first { (try? $0.read(parameter)) == self }
        guard let spelling else { return "unknown" }
        return parameter.map { "\(spelling.name):\($0)" } ?? spelling.name
    }

    /// Reads the text form.
    ///
    /// - Throws: ``FaultRuleError`` for an unknown name or a parameter that does not fit.
    package init(text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let spelling = FaultSpelling.all.first(where: { $0.name == parts[0] }) else {
            throw FaultRuleError(Self.unknown(parts[0]))
        }
        self = try spelling.read(parts.count > 1 ? parts[1] : nil)
    }

    /// The text forms of all faults that can be named, for a help text.
    package static var names: [String] {
        names(of: FaultSpelling.all)
    }

    /// Those of ``names`` that only requests for a stream meet.
    package static var streamNames: [String] {
        names(of: FaultSpelling.streams)
    }

    private static func names(of spellings: [FaultSpelling]) -> [String] {
        spellings.map { $0.name + $0.placeholder }.sorted()
    }

    private var parameter: String? {
        switch self {
        case .refusal(.rateLimited(let text)), .refusal(.rateLimitReset(let text)), .refusal(.unavailable(let text)),
            .content(.otherModel(let text)):
            text
        case .refusal(.capacityExhausted(let number)), .refusal(.fewerMaxTokens(let number)): number.map(String.init)
        case .body(.costAs(let text)): text
        case .delivery(.slow(let number)), .delivery(.slowBody(let number)), .stream(.commentsFirst(let number)),
            .stream(.cut(let number)), .stream(.end(let number)), .stream(.stall(let number)):
            String(number)
        default: nil
        }
    }

    private static func unknown(_ name: String) -> String {
        "there is no fault named \"\(name.prefix(40))\"; known are: \(names.joined(separator: ", "))"
    }
}
