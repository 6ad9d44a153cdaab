import Bellhop
import Foundation
import Subprocess
import Testing

/// The doctor as a user calls it.
@Suite(.timeLimit(.minutes(5))) struct DoctorTests {
    @Test func `the doctor fails with advice when something is missing`() async throws {
        try await Project.withFolder { folder in
            let config = folder.appending(path: "bellhop.yaml")
            let text = try String(contentsOf: Project.root.appending(path: "bellhop.yaml"), encoding: .utf8)
            try Data(text.replacing("https://openrouter.ai/api/v1", with: "http://127.0.0.1:1/v1").utf8).write(
                to: config)
            let outcome = try await Program.run(
                ["doctor", "--config", config.path], environment: ["SHOPIFY_API_SECRET": "", "OPENROUTER_API_KEY": "k"])
            #expect(outcome.status == .exited(1))
            #expect(outcome.output.contains("fail  secrets        SHOPIFY_API_SECRET: is not set"))
            #expect(outcome.output.contains("→ set it to the app's client secret"))
            #expect(outcome.output.contains("ok    secrets        OPENROUTER_API_KEY: is set"))
            #expect(outcome.output.contains("fail  providers      openrouter: cannot be reached"))
            let json = try await Program.run(
                ["doctor", "--config", config.path, "--json"], environment: ["SHOPIFY_API_SECRET": "x"])
            let findings = try #require(try JSONValue(parsing: json.json).elements)
            #expect(findings.contains { $0["check"] == "data folder" && $0["status"] == "ok" })
        }
    }
}
