import Bellhop
import Foundation
import HTTPCore
import HTTPTransport
import Subprocess
import Testing

/// Configuration as a user works with it: it is changed while the server runs, shown and checked.
@Suite(.timeLimit(.minutes(10))) struct ReloadTests {
    private let environment = ["SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token]

    /// Runs a server on a copy of the repository's own configuration, in which nobody is asked.
    private func withServer(
        _ body: @escaping @Sendable (Program.Server, _ config: URL, _ webhooks: URL) async throws -> Void
    ) async throws -> Program.Service {
        try await Project.withFolder { folder in
            let config = try Project.lonelyConfiguration(in: folder)
            let webhooks = folder.appending(path: "webhooks")
            try FileManager.default.copyItem(at: Project.root.appending(path: "webhooks"), to: webhooks)
            return try await Program.serve(
                data: folder.appending(path: "data"), config: config, options: ["--webhooks", webhooks.path]
            ) { server in
                try await body(server, config, webhooks)
            }
        }
    }

    private func change(_ file: URL, _ old: String, to new: String) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: file, options: .atomic)
    }

    private func reload(_ server: Program.Server, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(["reload", "--admin", server.admin] + arguments, environment: environment)
    }

    @Test func `reload tells what changed, and what needs a restart`() async throws {
        let served = try await withServer { server, config, webhooks in
            try change(config, "daily: 20", to: "daily: 21")
            try change(webhooks.appending(path: "orders-create.yaml"), "high_value: 500", to: "high_value: 900")
            // The server may have seen the change by itself already; its log tells of it either way.
            let first = try await reload(server)
            #expect(first.status == .exited(0), "\(first.errors)")
            try change(config, "daily: 21", to: "daily: 22")
            let text = try String(contentsOf: config, encoding: .utf8)
            try Data((text + "\nserver: { host: 127.0.0.2 }\n").utf8).write(to: config, options: .atomic)
            let second = try await reload(server, "--json")
            let report = try JSONValue(parsing: second.json)
            #expect(report["needs_restart"] == ["server.host"])
        }
        let log = served.log.joined(separator: "\n")
        #expect(log.contains("budgets.daily"))
        #expect(log.contains("orders-create.yaml: settings.high_value"))
        #expect(log.contains("needs a restart"))
    }

    @Test func `a mistake is refused with its line, and the server goes on`() async throws {
        let served = try await withServer { server, config, _ in
            try change(config, "daily: 20", to: "dayly: 20")
            let outcome = try await reload(server)
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains("bellhop.yaml:"))
            #expect(outcome.errors.contains("did you mean daily?"))
            let events = try await Program.run(["events", "--admin", server.admin], environment: environment)
            #expect(events.status == .exited(0))
        }
        #expect(served.log.count { $0.contains("configuration refused") } == 1)
    }

    @Test func `the server sees a changed file, and obeys SIGHUP`() async throws {
        let served = try await withServer { server, config, _ in
            try change(config, "daily: 20", to: "daily: 19")
            try await server.says("budgets.daily")
            try server.hangUp()
            try await server.says("changed=nothing")
        }
        #expect(served.status == .exited(0), "\(served.log)")
    }

    @Test func `reload without a server says how to start one`() async throws {
        let outcome = try await Program.run(["reload", "--admin", "http://127.0.0.1:1"], environment: environment)
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.contains("bellhop serve"))
    }

    @Test func `routes show budgets, emergency models and prices of whole chains`() async throws {
        let outcome = try await Program.run(["routes"])
        #expect(outcome.status == .exited(0))
        #expect(outcome.output.contains("deepseek/deepseek-chat-v3.1 (0.21 / 0.79)"))
        #expect(outcome.output.contains("latency-critical"))
        #expect(outcome.output.contains("all calls"))
        #expect(outcome.output.contains("then only: google/gemini-2.5-flash-lite (0.1 / 0.4)"))
        let overview = try JSONValue(parsing: await Program.run(["routes", "--json"]).json)
        #expect(overview["emergency_models"]?[0]?["model"] == "google/gemini-2.5-flash-lite")
        #expect(overview["budgets"]?[0]?["daily_nanos"] == 20_000_000_000)
        #expect(overview["warnings"] == [])
    }
}
