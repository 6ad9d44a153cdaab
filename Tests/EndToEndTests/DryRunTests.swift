import Bellhop
import Foundation
import ModelStandIn
import Subprocess
import Testing

/// What `bellhop replay --dry-run` says.
@Suite(.timeLimit(.minutes(5))) struct DryRunTests {
    @Test func `a sample that no handler reads is named`() async throws {
        let outcome = try await Program.run(["replay", "samples", "--dry-run"])
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        #expect(outcome.output.contains("unbound.json: no handler is bound to inventory_levels/update"))
        let json = try await Program.run(["replay", "samples", "--dry-run", "--json"])
        let unbound = try JSONValue(parsing: json.json).elements?.filter { $0["handler"] == nil } ?? []
        #expect(unbound.count == 1)
        #expect(unbound.first?["outcome"] == "no handler is bound to inventory_levels/update")
    }

    @Test func `a run of nothing is no success`() async throws {
        let outcome = try await Program.run(["replay", "samples/inventory_levels", "--dry-run"])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.contains("nothing was run: no handler is bound"))
    }

    @Test func `a question says who answered it, or that nobody did`() async throws {
        let answered = try await Program.run(["replay", "samples/orders", "--dry-run"])
        #expect(answered.output.contains("OrderTriage (classification): answered by google/gemini-2.5-flash-lite, 1 "))
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                standIn.controls.faults.replace(with: [.init(model: "*", fault: .refusal(.unauthorized))])
                let config = try standIn.configuration(in: folder)
                let text = try String(contentsOf: config, encoding: .utf8)
                try Data(text.replacing("dialect: openrouter", with: "dialect: ollama").utf8).write(to: config)
                let failed = try await Program.run(
                    ["replay", "samples/orders", "--dry-run", "--live", "--config", config.path])
                #expect(failed.status == .exited(1))
                #expect(failed.output.contains("OrderTriage (classification): nobody answered, "), "\(failed.output)")
            }
        }
    }
}
