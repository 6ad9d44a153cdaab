import Bellhop
import BellhopConfiguration
import BellhopServer
import Console
import InboxCore
import Logging
import ModelClient
import ServiceTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SetupReloaderTests {
    @Test func `a changed file is taken up when somebody asks, and the changes are named`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config.replacing("default: small", with: "default: large"))
            try stage.write(subscription: "topic: orders/updated\nhandler: tagger\nsettings: { tag: x }", "b.yaml")
            let outcome = await stage.reloader.reload()
            #expect(outcome == .taken(Reloaded(changed: ["bellhop.yaml: routing.default", "b.yaml: added"])))
            #expect(stage.live.current.settings.models.routing.defaultModel == "large")
            #expect(stage.live.current.bindings.topics == ["orders/create", "orders/updated"])
        }
    }

    @Test func `a mistake anywhere refuses everything, by file and line`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config.replacing("default: small", with: "default: large"))
            try stage.write(subscription: "topic: orders/create\nhandler: taggr\n")
            guard case .refused(let mistakes) = await stage.reloader.reload() else {
                Issue.record("a mistake was taken up")
                return
            }
            #expect(mistakes.map(\.line) == [2])
            #expect(mistakes.first?.file.hasSuffix("webhooks/a.yaml") == true)
            #expect(mistakes.first?.message.contains("there are only: tagger") == true)
            #expect(stage.live.current.settings.models.routing.defaultModel == "small")
        }
    }

    @Test func `every mistake is logged, and only once for the same files`() async throws {
        try await ReloadStage.with { stage in
            let broken = ReloadStage.config + "premium_model: larg\nbreaker: { failures: 64 }\n"
            try stage.write(config: broken)
            for _ in 1...3 { _ = await stage.reloader.reload() }
            stage.trigger.yield(.look)
            let lines = stage.log.lines(.error)
            #expect(lines.map(\.message) == Array(repeating: "configuration refused, the old one stays", count: 2))
            #expect(lines.first?.metadata["mistake"]?.contains("bellhop.yaml:7: ") == true)
            #expect(lines.last?.metadata["mistake"]?.contains("bellhop.yaml:8: ") == true)

            try stage.write(config: broken + "# still wrong")
            _ = await stage.reloader.reload()
            #expect(stage.log.lines(.error).count == 4)
        }
    }

    @Test func `a look takes a changed file up by itself`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config.replacing("default: small", with: "default: large"))
            stage.trigger.yield(.look)
            let line = try await stage.log.next("configuration taken up")
            #expect(line.metadata["changed"] == "bellhop.yaml: routing.default")
            #expect(stage.live.current.settings.models.routing.defaultModel == "large")
        }
    }

    @Test func `a look at unchanged or merely touched files does nothing`() async throws {
        try await ReloadStage.with { stage in
            stage.trigger.yield(.look)
            stage.trigger.yield(.look)
            try stage.write(config: ReloadStage.config)
            stage.trigger.yield(.look)
            stage.trigger.yield(.reload)
            _ = try await stage.log.next("configuration taken up")
            #expect(stage.log.lines(.notice).map { $0.metadata["changed"] } == ["nothing"])
        }
    }

    @Test func `files that are put right again are taken up again`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: "modls: {}")
            stage.trigger.yield(.look)
            _ = try await stage.log.next("configuration refused, the old one stays")
            try stage.write(config: ReloadStage.config)
            stage.trigger.yield(.look)
            _ = try await stage.log.next("configuration taken up")
        }
    }

    @Test func `what the command line says holds on`() async throws {
        try await ReloadStage.with(override: { $0.server.port = 4711 }) { stage in
            try stage.write(config: ReloadStage.config + "server: { port: 1 }\n")
            let outcome = await stage.reloader.reload()
            #expect(outcome == .taken(Reloaded(changed: ["bellhop.yaml: server (added)"])))
            #expect(stage.live.current.settings.server.port == 4711)
        }
    }

    @Test func `warnings are reported and logged, those about a subscription's policy too`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(subscription: ReloadStage.subscription + "data_policy: { regions: [eu] }\n")
            guard case .taken(let report) = await stage.reloader.reload() else {
                Issue.record("refused")
                return
            }
            #expect(report.warnings.count == 1)
            #expect(
                report.warnings.first?.contains("webhooks/a.yaml:5: the data policy here and of tagger leaves no model")
                    == true)
            #expect(stage.log.lines(.warning).count == 1)
        }
    }

    @Test func `it goes on when nothing triggers any more`() async throws {
        try await ReloadStage.with { stage in
            stage.trigger.finish()
            try stage.write(config: ReloadStage.config.replacing("default: small", with: "default: large"))
            #expect(await stage.reloader.reload() == .taken(Reloaded(changed: ["bellhop.yaml: routing.default"])))
        }
    }

    @Test func `reloads that come at once follow each other`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config.replacing("default: small", with: "default: large"))
            let outcomes = await withTaskGroup(of: ReloadOutcome.self) { group in
                for _ in 1...5 { group.addTask { await stage.reloader.reload() } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let changes = outcomes.map { if case .taken(let report) = $0 { report.changed.count } else { -1 } }
            #expect(changes.sorted() == [0, 0, 0, 0, 1])
        }
    }
}
