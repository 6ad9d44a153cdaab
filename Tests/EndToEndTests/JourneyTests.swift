import Bellhop
import Foundation
import HTTPTransport
import Subprocess
import Testing

/// A running server, its command line, and stand-in models: the journey of a webhook as a user takes it.
@Suite(.timeLimit(.minutes(10))) struct JourneyTests {
    private let environment = ["SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token]

    private func events(_ server: Program.Server, _ arguments: String...) async throws -> JSONValue {
        let outcome = try await Program.run(
            ["events"] + arguments + ["--admin", server.admin, "--json"], environment: environment)
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        return try JSONValue(parsing: outcome.json)
    }

    private func replay(_ server: Program.Server, _ arguments: String...) async throws -> JSONValue {
        let outcome = try await Program.run(
            ["replay"] + arguments + ["--to", server.webhooks, "--json"], environment: environment)
        #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
        return try JSONValue(parsing: outcome.json)
    }

    @Test func aReplayWithDuplicatesAndForgeriesIsAnsweredAsItShouldBe() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                let summary = try await replay(
                    server, "samples/inventory_levels", "--repeat", "100", "--duplicates", "0.2", "--forge", "0.1",
                    "--concurrency", "8", "--seed", "7")
                #expect(summary["sent"] == 118)
                #expect(summary["accepted"] == 90)
                #expect(summary["duplicates"] == 18)
                #expect(summary["refused"] == 10)
                #expect(summary["unexpected"] == 0)
                let held = try await events(server, "list", "--state", "held", "--limit", "1000")
                #expect(held.elements?.count == 90)
            }
        }
    }

    @Test func `a replay goes to the port that the file names, signed for the shop`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder.appending(path: "data")) { server in
                let port = try #require(URL(string: server.webhooks)?.port)
                let config = try Project.lonelyConfiguration(
                    in: folder,
                    more: """

                        server: { port: \(port) }
                        secrets:
                          - { id: other, env: OTHER_SECRET }
                          - { id: kelp, env: KELP_SECRET, shops: [kelp-and-cotton.myshopify.com] }

                        """)
                let command = ["replay", "samples/inventory_levels", "--config", config.path]
                let secrets = ["OTHER_SECRET": "another", "KELP_SECRET": Program.secret, "SHOPIFY_API_SECRET": "none"]
                let own = try await Program.run(command, environment: secrets)
                #expect(own.status == .exited(0), "\(own.output) \(own.errors)")
                let other = try await Program.run(command + ["--shop", "other.myshopify.com"], environment: secrets)
                #expect(other.status == .exited(1) && other.output.contains("401"), "\(other.output)")
                let unset = try await Program.run(command, environment: ["SHOPIFY_API_SECRET": Program.secret])
                #expect(unset.status == .exited(1) && unset.errors.contains("set KELP_SECRET"), "\(unset.errors)")
            }
        }
    }

    @Test func aSecondReplayWithStableIdsConsistsOfDuplicates() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                _ = try await replay(server, "samples/inventory_levels", "--stable-ids")
                let again = try await replay(server, "samples/inventory_levels", "--stable-ids")
                #expect(again["accepted"] == 0)
                #expect(again["duplicates"] == again["sent"])
            }
        }
    }

    @Test func anEventCanBeShownAndRunAgain() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                _ = try await replay(server, "samples/inventory_levels")
                let id = try #require(try await events(server, "list").elements?.first?["delivery_id"]?.string)
                let shown = try await events(server, "show", id)
                #expect(shown["topic"] == "inventory_levels/update")
                #expect(shown["jobs"]?[0]?["summary"]?["state"] == "held")

                // No handler is bound to the topic even now: running it again says so instead of pretending.
                let retried = try await Program.run(
                    ["events", "retry", id, "--admin", server.admin], environment: environment)
                #expect(retried.status != .exited(0) || retried.output.contains("0 jobs"))
            }
        }
    }

    @Test func aWrongAdminTokenIsRefusedWithAHint() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                let outcome = try await Program.run(
                    ["events", "--admin", server.admin], environment: ["BELLHOP_ADMIN_TOKEN": "wrong"])
                #expect(outcome.status != .exited(0))
                #expect(outcome.errors.contains("BELLHOP_ADMIN_TOKEN"))
            }
        }
    }

    @Test func aPortThatIsTakenIsNamedWithTheOptionThatChoosesAnother() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder.appending(path: "one")) { server in
                let port = try #require(URL(string: server.webhooks)?.port)
                let config = try Project.lonelyConfiguration(in: folder)
                let second = try await Program.run(
                    [
                        "serve", "--config", config.path, "--data", folder.appending(path: "two").path, "--port",
                        "\(port)", "--admin-port", "0",
                    ], environment: environment)
                #expect(second.status == .exited(1))
                #expect(second.errors.contains("cannot listen on 127.0.0.1:\(port)"))
                #expect(second.errors.contains("--port"))
            }
        }
    }
}
