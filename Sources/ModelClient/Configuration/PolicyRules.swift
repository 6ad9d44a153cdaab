public import Vocabulary

/// What may become of data, by the work it belongs to. All that fit a call hold together with the call's own policy.
public struct PolicyRules: Sendable, Hashable {
    /// For every call.
    public var standard: DataPolicy
    public var tasks: [TaskType: DataPolicy]
    /// By the value of a label: `labels["shop"]?["a.example.com"]`.
    public var labels: [String: [String: DataPolicy]]

    public init(
        standard: DataPolicy = .open, tasks: [TaskType: DataPolicy] = [:],
        labels: [String: [String: DataPolicy]] = [:]
    ) {
        self.standard = standard
        self.tasks = tasks
        self.labels = labels
    }

    /// What holds for a call.
    public func policy(for call: ModelCall) -> DataPolicy {
        var policy = standard.combined(with: call.policy)
        if let own = tasks[call.routing.task] { policy = policy.combined(with: own) }
        for (name, value) in call.labels {
            if let own = labels[name]?[value] { policy = policy.combined(with: own) }
        }
        return policy
    }
}
