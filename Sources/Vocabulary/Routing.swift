/// What a handler says about a question, from which the routing matrix picks the models to ask.
public struct Routing: Sendable, Hashable, Codable {
    public var routingClass: RoutingClass
    public var task: TaskType
    public var complexity: Complexity
    /// Whether somebody waits for the answer: fast models are asked, and the client's shorter deadline holds.
    public var isLatencyCritical: Bool

    /// How hard this one question is within its task.
    public enum Complexity: String, Sendable, Hashable, Codable {
        case normal
        /// Lifts classification and extraction to a premium model.
        case high
    }

    public init(
        _ routingClass: RoutingClass, task: TaskType, complexity: Complexity = .normal,
        isLatencyCritical: Bool = false
    ) {
        self.routingClass = routingClass
        self.task = task
        self.complexity = complexity
        self.isLatencyCritical = isLatencyCritical
    }
}
