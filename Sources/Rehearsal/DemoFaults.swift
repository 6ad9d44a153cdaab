import Bellhop
package import ModelClient
package import ModelStandIn

/// What goes wrong in the demo: the first cheap model is rate-limited for an hour, the first premium one is down.
/// Neither is, if nobody would be left to answer instead.
package struct DemoFaults: Sendable {
    /// The configured names of the models that fail, and how.
    package private(set) var descriptions: [String] = []
    package private(set) var rules: [FaultRule] = []

    package init(models configuration: ModelClientConfiguration) {
        let cheap = configuration.chain(for: Routing(.highVolume, task: .classification))
        let premium = configuration.chain(for: Routing(.complex, task: .fraudDetection))
        let faults: [(model: Model?, fault: Fault, words: String)] = [
            (cheap.first, .rateLimited(retryAfter: "3600"), "is rate-limited for an hour"),
            (premium.first, .unavailable(retryAfter: nil), "is down"),
        ]
        var failing: Set<String> = []
        for (model, fault, words) in faults {
            guard let model, !failing.contains(model.id) else { continue }
            let all = failing.union([model.id])
            guard [cheap, premium].allSatisfy({ chain in chain.contains { !all.contains($0.id) } }) else { continue }
            failing = all
            descriptions.append("\(model.name) \(words)")
            rules.append(FaultRule(model: model.id, fault: fault))
        }
    }
}
