public import Vocabulary

/// Which costs to add up, and by what.
public struct CostQuery: Sendable, Hashable {
    /// First and last day, both included.
    public var days: ClosedRange<BudgetDay>
    /// At most four.
    public var groups: [Dimension]

    public enum Dimension: Sendable, Hashable {
        case day, provider, model, task, accepted
        /// A label such as `shop`, `handler` or `team`.
        case label(String)
    }

    public init(days: ClosedRange<BudgetDay>, groups: [Dimension]) {
        self.days = days
        self.groups = groups
    }
}

/// One row of a report.
public struct CostRow: Sendable, Hashable {
    /// One for each dimension asked for; `nil` where a label is missing. `accepted` is "yes" or "no".
    public var keys: [String?]
    public var requests: Int
    /// Requests whose answer was accepted.
    public var accepted: Int
    public var promptTokens: Int
    public var completionTokens: Int
    /// Known costs.
    public var cost: USD
    /// Requests of unknown cost.
    public var unknown: Int
    /// The worst case of those, as far as prices are known.
    public var held: USD

    public init(
        keys: [String?], requests: Int = 0, accepted: Int = 0, promptTokens: Int = 0, completionTokens: Int = 0,
        cost: USD = .zero, unknown: Int = 0, held: USD = .zero
    ) {
        self.keys = keys
        self.requests = requests
        self.accepted = accepted
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.cost = cost
        self.unknown = unknown
        self.held = held
    }

    /// What an accepted answer cost, the poor ones paid for on the way to it included; `nil` without one.
    public var costPerAccepted: USD? {
        guard accepted > 0 else { return nil }
        let (share, rest) = cost.nanos.quotientAndRemainder(dividingBy: Int64(accepted))
        return USD(nanos: share + (rest > 0 ? 1 : 0))
    }
}
