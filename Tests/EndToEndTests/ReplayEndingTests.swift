import Bellhop
import Foundation
import Replay
import Subprocess
import Testing

/// A replay that does not come to its end.
@Suite(.timeLimit(.minutes(5))) struct ReplayEndingTests {
    /// Each way of failing is tried so often because a crash at the exit was a matter of luck.
    @Test(arguments: [
        (["--record", "/nonexistent/x"], "the deliveries cannot be written to /nonexistent/x; choose"),
        (["--dry-run", "--answers", "nowhere"], "nowhere is not a folder"),
        (["--to", "http://127.0.0.1:1/webhooks"], "no server answers"),
    ])
    func `what fails says so in words and never crashes`(arguments: [String], words: String) async throws {
        for _ in 0..<30 {
            let outcome = try await Program.run(
                ["replay", "samples"] + arguments, environment: ["SHOPIFY_API_SECRET": "x"])
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains(words) && !outcome.errors.contains("Domain"), "\(outcome.errors)")
        }
    }

    @Test func `an interrupted replay tells what it has done`() async throws {
        try await Project.withFolder { folder in
            let record = folder.appending(path: "record.jsonl").path
            try await Program.serve(data: folder.appending(path: "data")) { server in
                let outcome = try await Program.interrupted(
                    [
                        "replay", "samples/inventory_levels", "--to", server.webhooks, "--repeat", "100000", "--rate",
                        "50", "--record", record, "--json",
                    ],
                    environment: ["SHOPIFY_API_SECRET": Program.secret]
                ) { try await lines(in: record, atLeast: 3) }
                #expect(outcome.status == .exited(130))
                let summary = try JSONValue(parsing: outcome.json)
                #expect(summary["is_cancelled"] == true && summary["unexpected"] == 0)
                let sent = try #require(summary["sent"]?.integer)
                #expect(sent >= 3 && summary["accepted"]?.integer == sent)
                #expect(try ReplayRecordFile.records(at: record).count == sent)
            }
        }
    }

    @Test func `a replay with another secret than the server's says so`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                let outcome = try await Program.run(
                    ["replay", "samples/inventory_levels", "--to", server.webhooks],
                    environment: ["SHOPIFY_API_SECRET": "another"])
                #expect(outcome.status == .exited(1))
                #expect(outcome.errors.contains("401: the server does not know the secret"), "\(outcome.errors)")
            }
        }
    }

    private func lines(in path: String, atLeast count: Int) async throws {
        while try !FileManager.default.fileExists(atPath: path) || ReplayRecordFile.records(at: path).count < count {
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
