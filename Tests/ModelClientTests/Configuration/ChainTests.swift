import ModelClient
import Testing
import Vocabulary

struct ChainTests {
    private let routing = Routing(.creative, task: .translation)

    private func names(_ configuration: ModelClientConfiguration, override: String? = nil) -> [String] {
        configuration.chain(for: routing, override: override).map(\.name)
    }

    @Test func `is the model of the matrix and its own fallbacks`() {
        #expect(names(.sample()) == ["a", "b", "c", "d"])
    }

    @Test func `leaves fallbacks of fallbacks out`() {
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: ["b"])
        configuration.models[1].fallbacks = ["c"]
        #expect(names(configuration) == ["a", "b"])
    }

    @Test func `holds each model once, whatever its names`() {
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: ["b", "a", "bee", "c"])
        configuration.aliases = ["bee": "b"]
        #expect(names(configuration) == ["a", "b", "c"])
    }

    @Test func `holds no more models than the limit`() {
        #expect(names(.sample(maxModels: 2)) == ["a", "b"])
    }

    @Test func `begins with the override`() {
        #expect(names(.sample(), override: "d") == ["d"])
    }

    @Test func `is empty when the model to ask first is not configured`() {
        #expect(names(.sample(), override: "nowhere").isEmpty)
    }

    @Test func `prefers override, then lift, then task, then class, then default`() {
        var matrix = RoutingMatrix(defaultModel: "default")
        let hard = Routing(.complex, task: .extraction, complexity: .high)
        let plain = Routing(.complex, task: .extraction)
        #expect(matrix.model(for: plain) == "default")
        matrix.classes[.complex] = "class"
        #expect(matrix.model(for: plain) == "class")
        matrix.tasks[.extraction] = "task"
        #expect(matrix.model(for: hard) == "task")
        matrix.lifts[.extraction] = "lift"
        #expect(matrix.model(for: hard) == "lift")
        #expect(matrix.model(for: plain) == "task")
        #expect(matrix.model(for: hard, override: "override") == "override")
    }
}
