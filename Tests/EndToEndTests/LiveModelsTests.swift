import Bellhop
import Foundation
import Subprocess
import Testing

/// `--live` asks the models of the configuration; here a stand-in is one of their providers.
@Suite(.timeLimit(.minutes(5))) struct LiveModelsTests {
    @Test(arguments: [["demo", "--live"], ["replay", "samples/orders", "--dry-run", "--live"]])
    func `a provider that wants a key and has none is named before anybody is asked`(command: [String]) async throws {
        try await asking(dialect: "openrouter", command) { outcome, standIn in
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains("--live needs a key for the provider stand-in"))
            #expect(standIn.requests == 0)
        }
    }

    @Test(arguments: [["demo", "--live"], ["replay", "samples/orders", "--dry-run", "--live"]])
    func `a provider that needs no key is asked without one`(command: [String]) async throws {
        try await asking(dialect: "ollama", command) { outcome, standIn in
            #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
            #expect(standIn.requests > 0)
        }
    }

    private func asking(
        dialect: String, _ command: [String], _ check: (Program.Outcome, StandIn) async throws -> Void
    ) async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                let text = try String(contentsOf: config, encoding: .utf8)
                try Data(text.replacing("dialect: openrouter", with: "dialect: \(dialect)").utf8).write(to: config)
                try await check(try await Program.run(command + ["--config", config.path]), standIn)
            }
        }
    }
}
