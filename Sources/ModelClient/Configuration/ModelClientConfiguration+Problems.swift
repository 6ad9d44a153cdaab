import Foundation
import Vocabulary

extension ModelClientConfiguration {
    /// Everything that is wrong with the configuration, each in one sentence that says what to write instead.
    ///
    /// - Returns: an empty list when the configuration can be used.
    public func problems() -> [String] {
        providerProblems() + models.flatMap(problems(of:)) + nameProblems() + aliasProblems() + routingProblems()
    }

    private func providerProblems() -> [String] {
        var found: [String] = []
        for provider in providers {
            if provider.name.isBlank { found.append("a provider has an empty name: give it one") }
            if !provider.baseURL.isWebAddress {
                found.append(
                    "provider \"\(provider.name)\": the base URL is not an http or https address: write one such as "
                        + "\"https://openrouter.ai/api/v1\"")
            }
        }
        return found + duplicates(in: providers.map(\.name), kind: "provider")
    }

    private func nameProblems() -> [String] {
        duplicates(in: models.map(\.name), kind: "model")
            + (models.contains { $0.name.isBlank } ? ["a model has an empty name: give it one"] : [])
    }

    private func problems(of model: Model) -> [String] {
        var found: [String] = []
        func add(_ text: String) { found.append("model \"\(model.name)\": \(text)") }
        if model.id.isBlank { add("the id is empty: write the provider's id, or leave it out to use the name") }
        if provider(named: model.provider) == nil {
            let advice = NearestName(names: providers.map(\.name)).advice(for: model.provider)
            add("provider \"\(model.provider)\" is not configured: \(advice)")
        }
        if let timeout = model.timeout, timeout <= .zero {
            add("the timeout is not positive: write a time such as 60s")
        }
        if let effort = model.reasoningEffort, !Model.reasoningEfforts.contains(effort) {
            let advice = NearestName(names: Model.reasoningEfforts).advice(for: effort)
            add("reasoning effort \"\(effort)\" is not known: \(advice)")
        }
        var seen: Set<String> = []
        for fallback in model.fallbacks {
            guard let target = self.model(named: fallback) else {
                add("fallback \"\(fallback)\" is not configured: \(modelAdvice(for: fallback))")
                continue
            }
            if target.name == model.name { add("it falls back to itself: remove \"\(fallback)\" from its fallbacks") }
            if !seen.insert(target.name).inserted { add("fallback \"\(fallback)\" is there twice: remove one") }
        }
        return found
    }

    private func aliasProblems() -> [String] {
        aliases.sorted { $0.key < $1.key }.compactMap { alias, target in
            if alias.isBlank { return "the alias for \"\(target)\" is empty: remove it or give it a name" }
            if models.contains(where: { $0.name == alias }) {
                return "alias \"\(alias)\" is also the name of a model: rename or remove the alias"
            }
            if models.contains(where: { $0.name == target }) { return nil }
            if let further = aliases[target] {
                return "alias \"\(alias)\" points at another alias: write \"\(further)\""
            }
            return "alias \"\(alias)\" points at \"\(target)\", which is not configured: \(modelAdvice(for: target))"
        }
    }

    private func routingProblems() -> [String] {
        let tasks = routing.tasks.map { ("the task \"\($0.key.rawValue)\"", $0.value) }
        let lifts = routing.lifts.map { ("the lift of the task \"\($0.key.rawValue)\"", $0.value) }
        let classes = routing.classes.map { ("the class \"\($0.key.rawValue)\"", $0.value) }
        let premium = premiumModel.map { [("the premium model", $0)] } ?? []
        let all = [("the default", routing.defaultModel)] + premium + (tasks + lifts + classes).sorted { $0.0 < $1.0 }
        return all.compactMap { place, name in
            guard model(named: name) == nil else { return nil }
            return "routing: \(place) names model \"\(name)\", which is not configured: \(modelAdvice(for: name))"
        }
    }

    private func modelAdvice(for wrong: String) -> String {
        NearestName(names: models.map(\.name) + aliases.keys).advice(for: wrong)
    }

    private func duplicates(in names: [String], kind: String) -> [String] {
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.filter { $0.value > 1 && !$0.key.isBlank }.keys.sorted().map {
            "\(kind) \"\($0)\" is there more than once: rename or remove one"
        }
    }
}

extension Model {
    fileprivate static let reasoningEfforts = ["none", "minimal", "low", "medium", "high"]
}

extension String {
    fileprivate var isBlank: Bool {
        allSatisfy(\.isWhitespace)
    }

    fileprivate var isWebAddress: Bool {
        guard let url = URLComponents(string: self), let host = url.host, !host.isEmpty else { return false }
        return ["http", "https"].contains(url.scheme?.lowercased())
    }
}
