import Foundation

/// Which requests meet which fault.
package struct FaultRule: Sendable, Hashable, Codable {
    /// The exact id of a model, or `*` for every model.
    package var model: String
    package var fault: Fault
    /// How many requests meet the fault before the rule is used up; `nil` for all.
    package var times: Int?

    package init(model: String, fault: Fault, times: Int? = nil) {
        self.model = model
        self.fault = fault
        self.times = times
    }

    /// Reads `MODEL=FAULT[:PARAMETER][,times=N]`, for example `openai/gpt-5-mini=rate_limited:3600,times=2`.
    ///
    /// - Throws: ``FaultRuleError`` that says what is wrong.
    package init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw FaultRuleError("a fault is written MODEL=FAULT, for example '*=server_error'")
        }
        model = String(argument[..<equals])
        var text = argument[argument.index(after: equals)...]
        if let mark = text.range(of: ",times=", options: .backwards) {
            guard let count = Int(text[mark.upperBound...]), count > 0 else {
                throw FaultRuleError("times must be a whole number above 0, for example times=2")
            }
            times = count
            text = text[..<mark.lowerBound]
        }
        fault = try Fault(text: String(text))
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
