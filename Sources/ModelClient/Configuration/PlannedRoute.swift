package import Vocabulary

/// A kind of work that the configuration treats in its own way, and the models that are asked for it.
package struct PlannedRoute: Sendable {
    /// `nil` for any class.
    package var routingClass: RoutingClass?
    /// `nil` for any task that has no route of its own.
    package var task: TaskType?
    package var complexity: Routing.Complexity
    package var isLatencyCritical: Bool
    /// The models that are asked, in order.
    package var chain: [Model]
    /// The same without the limit on their number: those behind it move up where a policy takes others away.
    package var candidates: [Model]
}

extension ModelClientConfiguration {
    /// One route for each class, then one for each task or complexity that the matrix treats in its own way, then the
    /// one of calls for whose answer somebody waits, if fast models are named for them.
    package var plannedRoutes: [PlannedRoute] {
        let classes = RoutingClass.allCases.map { route($0, task: nil) }
        let tasks = routing.tasks.keys.sorted { $0.rawValue < $1.rawValue }.map { route(nil, task: $0) }
        let lifts = routing.lifts.keys.sorted { $0.rawValue < $1.rawValue }
            .map { route(nil, task: $0, complexity: .high) }
        let latency = latency.models.isEmpty ? [] : [route(nil, task: nil, isLatencyCritical: true)]
        return classes + tasks + lifts + latency
    }

    /// Every model that a question may come to, the emergency models included; each once.
    package var reachableModels: [Model] {
        var seen: Set<String> = []
        let all = plannedRoutes.flatMap(\.candidates) + budgets.emergencyModels.compactMap(model(named:))
        return all.filter { seen.insert($0.name).inserted }
    }

    private func route(
        _ routingClass: RoutingClass?, task: TaskType?, complexity: Routing.Complexity = .normal,
        isLatencyCritical: Bool = false
    ) -> PlannedRoute {
        // No task has an empty name, and a task or a lift with an entry of its own does not look at the class.
        let candidates = candidates(
            for: Routing(
                routingClass ?? .highVolume, task: task ?? "", complexity: complexity,
                isLatencyCritical: isLatencyCritical))
        return PlannedRoute(
            routingClass: routingClass, task: task, complexity: complexity, isLatencyCritical: isLatencyCritical,
            chain: Array(candidates.prefix(limits.maxModels)), candidates: candidates)
    }
}

extension PlannedRoute: CustomStringConvertible {
    package var description: String {
        if isLatencyCritical { return "latency-critical calls" }
        if let task {
            return complexity == .high ? "hard questions of the task \(task.rawValue)" : "task \(task.rawValue)"
        }
        return "class \(routingClass?.rawValue ?? "any")"
    }
}
