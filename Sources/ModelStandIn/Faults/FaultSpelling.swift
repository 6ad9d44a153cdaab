/// How a fault is written: its name, and what may follow after a colon.
struct FaultSpelling: Sendable {
    let name: String
    /// What a help text shows after the name, for example `:TOKENS`.
    let placeholder: String
    /// Makes the fault of a parameter.
    let read: @Sendable (_ parameter: String?) throws -> Fault

    static func plain(_ name: String, _ fault: Fault) -> FaultSpelling {
        FaultSpelling(name: name, placeholder: "") { parameter in
            guard parameter == nil else { throw FaultRuleError("\(name) takes no parameter") }
            return fault
        }
    }

    /// A fault with a text that may be missing.
    static func text(
        _ name: String, _ placeholder: String, make: @escaping @Sendable (String?) -> Fault
    ) -> FaultSpelling {
        FaultSpelling(name: name, placeholder: "[:\(placeholder)]", read: make)
    }

    /// A fault with a whole number in a range.
    static func number(
        _ name: String, _ unit: String, in range: ClosedRange<Int>, make: @escaping @Sendable (Int) -> Fault
    ) -> FaultSpelling {
        FaultSpelling(name: name, placeholder: ":\(unit.uppercased())") { parameter in
            make(try whole(parameter ?? "", name, unit, range))
        }
    }

    /// A fault with a whole number in a range that may be missing.
    static func optionalNumber(
        _ name: String, _ unit: String, in range: ClosedRange<Int>, make: @escaping @Sendable (Int?) -> Fault
    ) -> FaultSpelling {
        FaultSpelling(name: name, placeholder: "[:\(unit.uppercased())]") { parameter in
            make(try parameter.map { try whole($0, name, unit, range) })
        }
    }

    private static func whole(_ text: String, _ name: String, _ unit: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            let example = "\(name):\(min(5, range.upperBound))"
            throw FaultRuleError(
                "\(name) needs \(unit) from \(range.lowerBound) to \(range.upperBound), for example \(example)")
        }
        return number
    }
}
