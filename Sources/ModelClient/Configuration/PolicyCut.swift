package import Vocabulary

/// What a data policy leaves of a chain.
package struct PolicyCut: Sendable {
    package var subject: Subject
    /// All that the subject asks for, together with what holds for every call.
    package var policy: DataPolicy
    package var route: PlannedRoute
    /// The models of the route that may see the data, in order.
    package var left: [Model]

    /// Whose data.
    package enum Subject: Sendable, Hashable {
        case everyCall
        case task(TaskType)
        case label(String, value: String)
    }
}

extension ModelClientConfiguration {
    /// The models that are asked for data under the policy, in order.
    package func models(of candidates: [Model], under policy: DataPolicy) -> [Model] {
        let allowed = candidates.filter { model in
            provider(named: model.provider).map { CallTarget(model: model, provider: $0).satisfies(policy) } ?? false
        }
        return Array(allowed.prefix(limits.maxModels))
    }

    /// Every route from which a policy takes models away that broader policies leave.
    package var policyCuts: [PolicyCut] {
        let routes = plannedRoutes
        let standard = routes.compactMap { cut($0, for: .everyCall, policies.standard, beside: .open) }
        let tasks = policies.tasks.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { task, policy in
            self.routes(of: task, among: routes).compactMap {
                cut($0, for: .task(task), policy, beside: policies.standard)
            }
        }
        let labels = policies.labels.sorted { $0.key < $1.key }.flatMap { label, values in
            values.sorted { $0.key < $1.key }.flatMap { value, policy in
                routes.compactMap { route in
                    let task = route.task.flatMap { policies.tasks[$0] } ?? .open
                    return cut(
                        route, for: .label(label, value: value), policy, beside: policies.standard.combined(with: task))
                }
            }
        }
        return standard + tasks + labels
    }

    /// A task without an entry in the matrix goes the way of its class.
    private func routes(of task: TaskType, among routes: [PlannedRoute]) -> [PlannedRoute] {
        let hasEntry = routing.tasks[task] != nil
        return routes.filter { $0.task == task || $0.isLatencyCritical || (!hasEntry && $0.task == nil) }
    }

    private func cut(
        _ route: PlannedRoute, for subject: PolicyCut.Subject, _ policy: DataPolicy, beside broader: DataPolicy
    ) -> PolicyCut? {
        let all = broader.combined(with: policy)
        let left = models(of: route.candidates, under: all)
        guard left.map(\.name) != models(of: route.candidates, under: broader).map(\.name) else { return nil }
        return PolicyCut(subject: subject, policy: all, route: route, left: left)
    }
}

extension PolicyCut.Subject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .everyCall: "every call"
        case .task(let task): "task \(task.rawValue)"
        case .label(let label, let value): "\(label) \(value)"
        }
    }
}
