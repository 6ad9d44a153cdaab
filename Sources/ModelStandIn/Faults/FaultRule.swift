/// Which requests meet which fault.
package struct FaultRule: Sendable, Hashable {
    /// The exact id of a model, or `*` for every model.
    package var model: String
    package var fault: Fault
    /// How many requests meet the fault before the rule is used up; `nil` for all.
    package var times: Int?
    /// The share of requests that meet the fault, from 0 to 1, chosen at random; `nil` for all.
    package var share: Double?

    package init(model: String, fault: Fault, times: Int? = nil, share: Double? = nil) {
        self.model = model
        self.fault = fault
        self.times = times
        self.share = share
    }

    /// Reads `MODEL=FAULT[:PARAMETER][,times=N][,share=S]`, for example
    /// `openai/gpt-5-mini=rate_limited:3600,times=2` or `*=server_error,share=0.05`.
    ///
    /// - Throws: ``FaultRuleError`` that says what is wrong.
    package init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw FaultRuleError("a fault is written MODEL=FAULT, for example '*=server_error'")
        }
        model = String(argument[..<equals])
        var text = argument[argument.index(after: equals)...]
        while let (name, value, rest) = Self.lastOption(of: text) {
            switch name {
            case "times": times = try Self.times(value)
            default: share = try Self.share(value)
            }
            text = rest
        }
        fault = try Fault(text: String(text))
    }

    /// The `,times=N` or `,share=S` at the end.
    private static func lastOption(
        of text: Substring
    ) -> (name: Substring, value: Substring, rest: Substring)? {
        guard let comma = text.lastIndex(of: ","),
            let equals = text[comma...].firstIndex(of: "="),
            case let name = text[text.index(after: comma)..<equals], ["times", "share"].contains(name)
        else { return nil }
        return (name, text[text.index(after: equals)...], text[..<comma])
    }

    private static func times(_ text: Substring) throws -> Int {
        guard let count = Int(text), count > 0 else {
            throw FaultRuleError("times must be a whole number above 0, for example times=2")
        }
        return count
    }

    private static func share(_ text: Substring) throws -> Double {
        guard let share = Double(text), (0...1).contains(share) else {
            throw FaultRuleError("share must be a number from 0 to 1, for example share=0.05")
        }
        return share
    }

    func fits(_ request: CompletionRequest) -> Bool {
        (model == "*" || model == request.model) && fault.concerns(request)
    }
}

/// A fault that is not written as it should be.
package struct FaultRuleError: Error, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}
