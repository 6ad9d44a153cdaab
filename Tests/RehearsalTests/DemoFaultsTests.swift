import ModelClient
import ModelStandIn
import Rehearsal
import Testing

/// Which models fail on purpose, so that somebody is left to answer.
struct DemoFaultsTests {
    @Test(arguments: [
        (["a", "b"], ["c", "b"], ["a is rate-limited for an hour", "c is down"]),
        // One model for everything: it cannot be both, and nobody could answer instead.
        (["a"], ["a"], []),
        (["a", "b"], ["a", "b"], ["a is rate-limited for an hour"]),
        // Each is the other's fallback.
        (["a", "b"], ["b", "a"], ["a is rate-limited for an hour"]),
        (["a", "b"], ["c"], ["a is rate-limited for an hour"]),
    ])
    func `a model fails only where another can answer`(cheap: [String], premium: [String], descriptions: [String]) {
        let models = Set(cheap + premium).map { name in
            Model(
                name: name, provider: "p",
                fallbacks: [cheap, premium].first { $0.first == name }.map { Array($0.dropFirst()) } ?? [])
        }
        let configuration = ModelClientConfiguration(
            providers: [Provider(name: "p", baseURL: "http://127.0.0.1:1/v1")], models: models,
            routing: RoutingMatrix(classes: [.complex: premium[0]], defaultModel: cheap[0]))
        let faults = DemoFaults(models: configuration)
        #expect(faults.descriptions == descriptions)
        #expect(faults.rules.map(\.model) == descriptions.map { String($0.prefix(1)) })
    }
}
