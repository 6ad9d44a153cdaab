import Bellhop
import ModelClient
import ModelStandIn

/// What goes wrong in the demo: the first cheap model is rate-limited for an hour, the first premium one is down.
struct DemoFaults {
    /// The configured names of the models that fail, and how.
    let descriptions: [String]
    let rules: [FaultRule]

    init(models configuration: ModelClientConfiguration) {
        let cheap = configuration.chain(for: Routing(.highVolume, task: .classification)).first
        let premium = configuration.chain(for: Routing(.complex, task: .fraudDetection)).first
        let faults: [(model: Model?, fault: Fault, words: String)] = [
            (cheap, .rateLimited(retryAfter: "3600"), "is rate-limited for an hour"),
            (premium, .unavailable(retryAfter: nil), "is down"),
        ]
        descriptions = faults.compactMap { entry in entry.model.map { "\($0.name) \(entry.words)" } }
        rules = faults.compactMap { entry in entry.model.map { FaultRule(model: $0.id, fault: entry.fault) } }
    }
}
