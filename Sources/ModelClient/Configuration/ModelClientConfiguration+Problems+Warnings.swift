import Vocabulary

extension ModelClientConfiguration {
    /// What can be used but is probably not meant.
    public func warnings() -> [ConfigurationProblem] {
        policyWarnings() + emergencyWarnings()
    }

    /// Work that no model may do.
    private func policyWarnings() -> [ConfigurationProblem] {
        let dead = policyCuts.filter(\.left.isEmpty)
        let subjects = dead.map(\.subject).reduce(into: [PolicyCut.Subject]()) { all, subject in
            if all.last != subject { all.append(subject) }
        }
        return subjects.map { subject in
            let routes = dead.filter { $0.subject == subject }.map { "\($0.route)" }.joined(separator: ", ")
            return .init(
                subject.path,
                "the data policy for \(subject) leaves no model for: \(routes); say under data what the providers do "
                    + "with prompts, or add a model that may see the data to the fallbacks")
        }
    }

    private func emergencyWarnings() -> [ConfigurationProblem] {
        guard !budgets.budgets.isEmpty else { return [] }
        let place = ["budgets", "emergency_models"]
        guard !budgets.emergencyModels.isEmpty else {
            return [
                .init(
                    ["budgets"],
                    "there is a budget but no emergency model: once the daily amount is spent nothing is asked before "
                        + "midnight; name cheap models under emergency_models")
            ]
        }
        guard let usual = model(named: routing.defaultModel), let usualCost = usual.sampleCost else { return [] }
        return budgets.emergencyModels.enumerated().compactMap { index, name in
            guard let model = model(named: name), let cost = model.sampleCost, cost > usualCost else { return nil }
            return .init(
                place + [String(index)],
                "the emergency model \"\(name)\" is dearer than the default \"\(usual.name)\": name a cheaper one")
        }
    }
}

extension Model {
    /// What a typical question costs, to compare models by: three times as many prompt tokens as the answer has.
    package var sampleCost: USD? {
        cost(promptTokens: 750_000, completionTokens: 250_000)
    }
}

extension PolicyCut.Subject {
    fileprivate var path: [String] {
        switch self {
        case .everyCall: ["data_policy", "standard"]
        case .task(let task): ["data_policy", "tasks", task.rawValue]
        case .label(let label, let value): ["data_policy", "\(label)s", value]
        }
    }
}
