import Bellhop
import ModelClient
import ModelStandIn

/// What goes wrong in the demo: the first cheap model is rate-limited for an hour, the first premium one is down.
struct DemoFaults {
    /// The configured names of the models that fail.
    let models: [String]
    let rules: [FaultRule]

    init(models configuration: ModelClientConfiguration) {
        let cheap = configuration.chain(for: Routing(.highVolume, task: .classification)).first
        let premium = configuration.chain(for: Routing(.complex, task: .fraudDetection)).first
        let faults: [(Model?, Fault)] = [
            (cheap, .rateLimited(retryAfter: "3600")), (premium, .unavailable(retryAfter: nil)),
        ]
        models = faults.compactMap { $0.0?.name }
        rules = faults.compactMap { model, fault in model.map { FaultRule(model: $0.id, fault: fault) } }
    }
}
