public import Vocabulary

/// Which model is asked first for which work.
///
/// The first of these that names a model wins: the caller's override; for a question of high complexity the lift of
/// its task; the task; the routing class; the default.
public struct RoutingMatrix: Sendable, Hashable {
    public var tasks: [TaskType: String]
    /// Models for questions of high complexity, by task.
    public var lifts: [TaskType: String]
    public var classes: [RoutingClass: String]
    public var defaultModel: String

    public init(
        tasks: [TaskType: String] = [:], lifts: [TaskType: String] = [:], classes: [RoutingClass: String] = [:],
        defaultModel: String
    ) {
        self.tasks = tasks
        self.lifts = lifts
        self.classes = classes
        self.defaultModel = defaultModel
    }

    /// The name of the model to ask first.
    public func model(for routing: Routing, override: String? = nil) -> String {
        override
            ?? (routing.complexity == .high ? lifts[routing.task] : nil)
            ?? tasks[routing.task]
            ?? classes[routing.routingClass]
            ?? defaultModel
    }
}
