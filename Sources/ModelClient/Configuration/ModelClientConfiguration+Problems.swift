import Vocabulary

extension ModelClientConfiguration {
    /// Everything that is wrong with the configuration.
    ///
    /// - Returns: an empty list when the configuration can be used.
    public func problems() -> [ConfigurationProblem] {
        providerProblems() + models.flatMap(problems(of:)) + nameProblems() + aliasProblems() + routingProblems()
            + latencyProblems() + breakerProblems() + budgetProblems()
    }

    private func providerProblems() -> [ConfigurationProblem] {
        var found: [ConfigurationProblem] = []
        for provider in providers {
            if provider.name.isBlank { found.append(.init(["providers"], "a provider has an empty name: give it one")) }
            if let problem = provider.addressProblem {
                found.append(
                    .init(
                        ["providers", provider.name, "url"], "provider \"\(provider.name)\": the base URL \(problem)"))
            }
        }
        return found + duplicates(in: providers.map(\.name), kind: "provider", under: "providers")
    }

    private func nameProblems() -> [ConfigurationProblem] {
        duplicates(in: models.map(\.name), kind: "model", under: "models")
            + (models.contains { $0.name.isBlank } ? [.init(["models"], "a model has an empty name: give it one")] : [])
    }

    private func problems(of model: Model) -> [ConfigurationProblem] {
        var found: [ConfigurationProblem] = []
        func add(_ place: [String], _ text: String) {
            found.append(.init(["models", model.name] + place, "model \"\(model.name)\": \(text)"))
        }
        if model.id.isBlank { add(["id"], "the id is empty: write the provider's id, or leave it out to use the name") }
        if provider(named: model.provider) == nil {
            let advice = NearestName(names: providers.map(\.name)).advice(for: model.provider)
            add(["provider"], "provider \"\(model.provider)\" is not configured: \(advice)")
        }
        if let timeout = model.timeout, timeout <= .zero {
            add(["timeout"], "the timeout is not positive: write a time such as 60s")
        }
        if let effort = model.reasoningEffort, !Model.reasoningEfforts.contains(effort) {
            let advice = NearestName(names: Model.reasoningEfforts).advice(for: effort)
            add(["reasoning_effort"], "reasoning effort \"\(effort)\" is not known: \(advice)")
        }
        var seen: Set<String> = []
        for (index, fallback) in model.fallbacks.enumerated() {
            let place = ["fallbacks", String(index)]
            guard let target = self.model(named: fallback) else {
                add(place, "fallback \"\(fallback)\" is not configured: \(modelAdvice(for: fallback))")
                continue
            }
            if target.name == model.name {
                add(place, "it falls back to itself: remove \"\(fallback)\" from its fallbacks")
            }
            if !seen.insert(target.name).inserted { add(place, "fallback \"\(fallback)\" is there twice: remove one") }
        }
        return found
    }

    private func aliasProblems() -> [ConfigurationProblem] {
        aliases.sorted { $0.key < $1.key }.compactMap { alias, target in
            func problem(_ text: String) -> ConfigurationProblem { .init(["aliases", alias], text) }
            if alias.isBlank { return problem("the alias for \"\(target)\" is empty: remove it or give it a name") }
            if models.contains(where: { $0.name == alias }) {
                return problem("alias \"\(alias)\" is also the name of a model: rename or remove the alias")
            }
            if models.contains(where: { $0.name == target }) { return nil }
            if let further = aliases[target] {
                return problem("alias \"\(alias)\" points at another alias: write \"\(further)\"")
            }
            let advice = modelAdvice(for: target)
            return problem("alias \"\(alias)\" points at \"\(target)\", which is not configured: \(advice)")
        }
    }

    private func routingProblems() -> [ConfigurationProblem] {
        let tasks = routing.tasks.map { (["tasks", $0.key.rawValue], "the task \"\($0.key.rawValue)\"", $0.value) }
        let lifts = routing.lifts.map {
            (["high_complexity", $0.key.rawValue], "the lift of the task \"\($0.key.rawValue)\"", $0.value)
        }
        let classes = routing.classes.map {
            (["classes", $0.key.rawValue], "the class \"\($0.key.rawValue)\"", $0.value)
        }
        let own =
            [(["default"], "the default", routing.defaultModel)] + (tasks + lifts + classes).sorted { $0.1 < $1.1 }
        return own.compactMap { missing($0.2, named: "routing: \($0.1)", at: ["routing"] + $0.0) }
            + [premiumModel.flatMap { missing($0, named: "the premium model", at: ["premium_model"]) }].compactMap {
                $0
            }
    }

    private func latencyProblems() -> [ConfigurationProblem] {
        latency.models.enumerated().compactMap { index, name in
            missing(name, named: "the list of fast models", at: ["latency_critical", "models", String(index)])
        }
    }

    private func breakerProblems() -> [ConfigurationProblem] {
        var found: [ConfigurationProblem] = []
        if breaker.failures > breaker.window {
            found.append(
                .init(
                    ["breaker", "failures"],
                    "breaker: \(breaker.failures) failures never happen among \(breaker.window) outcomes: write "
                        + "\(breaker.window) or fewer, or a larger window"))
        }
        if breaker.longestInterval < breaker.interval {
            found.append(
                .init(
                    ["breaker", "longest_interval"],
                    "breaker: the longest interval is shorter than the first: write a longer one"))
        }
        return found
    }

    /// The problem that a place names a model that is not there; `nil` when it is.
    func missing(_ name: String, named place: String, at path: [String]) -> ConfigurationProblem? {
        guard model(named: name) == nil else { return nil }
        return .init(path, "\(place) names model \"\(name)\", which is not configured: \(modelAdvice(for: name))")
    }

    private func modelAdvice(for wrong: String) -> String {
        NearestName(names: models.map(\.name) + aliases.keys).advice(for: wrong)
    }

    private func duplicates(in names: [String], kind: String, under place: String) -> [ConfigurationProblem] {
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.filter { $0.value > 1 && !$0.key.isBlank }.keys.sorted().map {
            .init([place, $0], "\(kind) \"\($0)\" is there more than once: rename or remove one")
        }
    }
}

extension Model {
    fileprivate static let reasoningEfforts = ["none", "minimal", "low", "medium", "high"]
}

extension Provider {
    /// What is wrong with the base URL; `nil` for nothing. A server of one's own may speak plain http, but no key may
    /// be sent to it so: it would be read on the way, and the questions with it.
    fileprivate var addressProblem: String? {
        do throws(WebAddress.Flaw) {
            guard try WebAddress(baseURL).isInClear, apiKey != nil else { return nil }
            return "is plain http to another machine, and the key would go there in clear: write https, a tunnel's "
                + "address on this machine, or leave key_env out if the server needs no key"
        } catch {
            return switch error {
            case .noAddress: "is not an http or https address: write one such as \"https://openrouter.ai/api/v1\""
            case .holdsMore: "must hold no user, password or #fragment: name the key's variable under key_env"
            }
        }
    }
}

extension String {
    fileprivate var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }
}
