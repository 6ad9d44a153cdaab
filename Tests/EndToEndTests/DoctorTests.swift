import Bellhop
import Foundation
import Subprocess
import Testing

/// The doctor as a user calls it.
@Suite(.timeLimit(.minutes(10))) struct DoctorTests {
    @Test func `the doctor fails with advice when something is missing`() async throws {
        try await Project.withFolder { folder in
            let config = try Project.lonelyConfiguration(in: folder)
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
