/// How questions are asked for whose answer somebody waits.
public struct LatencyRules: Sendable, Hashable {
    /// The fast models, asked in this order in place of the routing matrix; empty to keep the matrix.
    public var models: [String]
    /// Longest time for the whole call.
    public var deadline: Duration

    public init(models: [String] = [], deadline: Duration = .seconds(10)) {
        self.models = models
        self.deadline = deadline
    }
}
