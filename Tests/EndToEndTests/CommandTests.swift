import Bellhop
import Foundation
import Subprocess
import Testing

/// The command line as a user sees it: output and exit codes.
@Suite(.timeLimit(.minutes(10))) struct CommandTests {
    @Test func theDemoShowsFallbacksAndEndsWell() async throws {
        let outcome = try await Program.run(["demo", "--json"])
        #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
        let report = try JSONValue(parsing: outcome.json)
        #expect(report["surprises"] == [])
        let rows = try #require(report["rows"]?.elements)
        #expect(rows.contains { $0["is_fallback"] == true && $0["routing_class"] == "high_volume" })
        #expect(rows.contains { $0["is_fallback"] == true && $0["routing_class"] == "complex" })
        #expect(rows.contains { $0["outcome"]?.string?.hasPrefix("held") == true })
        let door = try #require(report["door"]?.elements)
        #expect(Set(door.compactMap { $0["status"]?.integer }) == [200, 401])
        let cost = try #require(report["totals"]?["cost_nanos"]?.integer)
        let premium = try #require(report["totals"]?["premium_cost_nanos"]?.integer)
        #expect(cost > 0 && cost < premium)
    }

    @Test func theDemoFailsWhenSomethingComesOutOtherThanExpected() async throws {
        // Without canned answers the stand-in makes up minimal ones; a file that is not JSON stops it altogether.
        try await Project.withFolder { folder in
            let answers = folder.appending(path: "answers")
            try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
            try Data("[".utf8).write(to: answers.appending(path: "broken.json"))
            let outcome = try await Program.run(["demo", "--answers", answers.path])
            #expect(outcome.status != .exited(0))
            #expect(outcome.errors.contains("broken.json"))
        }
    }

    @Test func theDemoSaysWhatCameOutOtherThanExpected() async throws {
        try await Project.withFolder { folder in
            let orders = folder.appending(path: "samples/orders/create")
            try FileManager.default.createDirectory(at: orders, withIntermediateDirectories: true)
            try Data(#"{"id":"no number"}"#.utf8).write(to: orders.appending(path: "odd.json"))
            let outcome = try await Program.run(["demo", "--samples", folder.appending(path: "samples").path])
            #expect(outcome.status == .exited(1))
            #expect(outcome.output.contains("unexpected: orders/create/odd is held instead of done"))
        }
    }

    @Test(arguments: [
        ["serve", "--port", "99999"], ["serve", "--admin-port", "65536"], ["stand-in", "--port", "70000"],
        ["stand-in", "--latency=-1"], ["replay", "samples", "--repeat", "9223372036854775807"],
        ["replay", "samples", "--rate", "1e-300"], ["replay", "samples", "--to", "nowhere"],
        ["demo", "--shop", "no host"], ["events", "list", "--shop", "no host"],
        ["costs", "report", "--by", "colour"], ["costs", "report", "--from", "2026-11-24", "--to", "2026-11-23"],
        ["costs", "report", "--to", "today"], ["costs", "report", "--fee", "101"],
        ["events", "list", "--limit", "0"], ["events", "dead", "--limit", "1001"], ["effects", "--limit", "0"],
        ["privacy", "list", "--limit", "5000"], ["events", "show", ""], ["events", "retry", ""],
        ["events", "retry", "--fingerprint", ""], ["events", "rehearse", " "], ["effects", "show", ""],
        ["effects", "drop", ""], ["privacy", "show", ""], ["privacy", "export", ""], ["handlers", "resume", ""],
    ])
    func aValueThatMakesNoSenseIsRefusedWithTheCommandsUsage(arguments: [String]) async throws {
        let outcome = try await Program.run(arguments)
        #expect(outcome.status == .exited(64))
        #expect(outcome.errors.contains("Usage: bellhop \(arguments[0])"))
    }

    @Test func aReplayWithoutAServerSaysHowToStartOne() async throws {
        let outcome = try await Program.run(
            ["replay", "samples", "--to", "http://127.0.0.1:1/webhooks"], environment: ["SHOPIFY_API_SECRET": "x"])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.contains("bellhop serve"))
    }

    @Test func theDemoAsATableHasNoEscapesWhenItIsNotATerminal() async throws {
        let outcome = try await Program.run(["demo"])
        #expect(outcome.status == .exited(0))
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(outcome.output.contains("% saved"))
    }

    @Test func routesShowEveryClassAndAreJSONForPrograms() async throws {
        let table = try await Program.run(["routes"])
        #expect(table.output.contains("high_volume"))
        let overview = try JSONValue(parsing: await Program.run(["routes", "--json"]).json)
        let routes = try #require(overview["routes"]?.elements)
        let classes = Set(routes.compactMap { $0["routing_class"]?.string })
        #expect(classes.isSuperset(of: ["high_volume", "creative", "complex"]))
        let chains = routes.map { $0["chain"]?.elements ?? [] }
        #expect(chains.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: [
        ["routes"], ["costs", "estimate", "samples/workloads/daily.yaml"], ["replay", "samples/returns", "--dry-run"],
    ])
    func `a configuration can be looked at where its secrets are not`(arguments: [String]) async throws {
        try await Project.withFolder { folder in
            let config = try Project.lonelyConfiguration(in: folder, more: "\nalerts: { slack_env: NOT_SET_HERE }\n")
            let outcome = try await Program.run(arguments + ["--config", config.path])
            #expect(outcome.status == .exited(0), "\(outcome.errors)")
            let served = try await Program.run(
                ["serve", "--config", config.path, "--data", folder.path], environment: ["SHOPIFY_API_SECRET": "x"])
            #expect(served.status != .exited(0) && served.errors.contains("NOT_SET_HERE"), "\(served.errors)")
        }
    }

    @Test func `what is registered with all fields is said beside the declaration`() async throws {
        try await Project.withFolder { folder in
            try Data("topic: orders/create\nhandler: gift-orders\n".utf8).write(
                to: folder.appending(path: "gift-orders.yaml"))
            let outcome = try await Program.run(
                ["webhooks", "toml", "--uri", "https://example.com/webhooks", "--webhooks", folder.path])
            #expect(outcome.status == .exited(0))
            #expect(outcome.errors == "orders/create: all fields, because gift-orders.yaml names none\n")
            #expect(outcome.output.contains("\n#   read_orders: orders/create\n"))
        }
    }

    @Test func handlersAreListedWithTheirTopics() async throws {
        let handlers = try JSONValue(parsing: await Program.run(["handlers", "list", "--json"]).json)
        let ids = Set((handlers.elements ?? []).compactMap { $0["id"]?.string })
        #expect(ids.isSuperset(of: ["order-created", "review-posted", "refund-requested"]))
    }

    @Test func aDryRunShowsEffectsWithoutAServer() async throws {
        let outcome = try await Program.run(["replay", "samples/orders", "--dry-run", "--json"])
        #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
        let rows = try #require(try JSONValue(parsing: outcome.json).elements)
        #expect(rows.count >= 2)
        #expect(rows.allSatisfy { $0["outcome"] == "done" })
        #expect(rows.contains { $0["effects"]?[0]?["kind"] == "tag" })
    }

    @Test func serveWithoutASecretSaysWhatToSet() async throws {
        try await Project.withFolder { folder in
            let outcome = try await Program.run(
                ["serve", "--data", folder.path, "--port", "0"], environment: ["SHOPIFY_API_SECRET": ""])
            #expect(outcome.status != .exited(0))
            #expect(outcome.errors.contains("SHOPIFY_API_SECRET"))
        }
    }

    @Test func aMistakeInTheConfigurationIsNamedByFileAndLine() async throws {
        try await Project.withFolder { folder in
            let file = folder.appending(path: "bellhop.yaml")
            try Data("providers: {}\nmodls: {}\n".utf8).write(to: file)
            let outcome = try await Program.run(["routes", "--config", file.path])
            #expect(outcome.status != .exited(0))
            #expect(outcome.errors.contains("bellhop.yaml:2"))
            #expect(outcome.errors.contains("did you mean models?"))
        }
    }

    @Test(arguments: [["events"], ["costs", "report"]])
    func whatNeedsAServerSaysHowToStartOne(command: [String]) async throws {
        let outcome = try await Program.run(
            command + ["--admin", "http://127.0.0.1:1"], environment: ["BELLHOP_ADMIN_TOKEN": "x"])
        #expect(outcome.status != .exited(0))
        #expect(outcome.errors.contains("bellhop serve"))
    }
}
