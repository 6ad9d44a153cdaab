/// What a budget is kept for: everything, or one value of a label.
public struct BudgetAccount: Sendable, Hashable, CustomStringConvertible {
    public var scope: Budget.Scope
    /// The value of the label; empty for everything.
    public var value: String

    public init(scope: Budget.Scope, value: String = "") {
        self.scope = scope
        self.value = value
    }

    /// The account that a call with these labels counts in; `nil` when the scope does not concern it.
    init?(_ scope: Budget.Scope, labels: [String: String]) {
        switch scope {
        case .all:
            self.init(scope: scope)
        case .each(let label):
            guard let value = labels[label] else { return nil }
            self.init(scope: scope, value: value)
        case .only(let label, let wanted):
            guard labels[label] == wanted else { return nil }
            self.init(scope: scope, value: wanted)
        }
    }

    public var description: String {
        switch scope {
        case .all: "all calls"
        case .each(let label), .only(let label, _): "\(label) \(value)"
        }
    }
}
