import BellhopConfiguration
import BellhopServer
import Console
import InboxCore
import Logging
import ModelClient
import ServiceTestSupport
import Testing

/// Each key of `bellhop.yaml` counts at once or only after a restart, and a reload tells which.
@Suite(.timeLimit(.minutes(1))) struct RestartKeysTests {
    /// A key that counts only after a restart, and how it is named.
    struct Key: Sendable, CustomTestStringConvertible {
        var path: String
        var line: String
        var name: String

        init(_ path: String, _ line: String, named name: String? = nil) {
            (self.path, self.line, self.name) = (path, line, name ?? path)
        }

        var testDescription: String { path }
    }

    /// Each with a value that is not the one the stage starts with.
    private static let afterRestart = [
        Key("server.host", "server: { host: 0.0.0.0 }"),
        Key("server.port", "server: { port: 1 }"),
        Key("server.admin_port", "server: { admin_port: 2 }"),
        Key("server.data", "server: { data: elsewhere }"),
        Key("server.concurrency", "server: { concurrency: 3 }"),
        Key("server.trusted_proxies", "server: { trusted_proxies: [10.0.0.0/8] }"),
        Key("server.limits.connections", "server: { limits: { connections: 99 } }", named: "server.limits"),
        Key("server.limits.per_address", "server: { limits: { per_address: 9 } }", named: "server.limits"),
        Key("server.limits.body", "server: { limits: { body: 1MiB } }", named: "server.limits"),
        Key("server.limits.bodies", "server: { limits: { bodies: 64MiB } }", named: "server.limits"),
        Key("server.limits.headers", "server: { limits: { headers: 20KiB } }", named: "server.limits"),
        Key("server.limits.header_count", "server: { limits: { header_count: 70 } }", named: "server.limits"),
        Key("server.limits.idle", "server: { limits: { idle: 7s } }", named: "server.limits"),
        Key("inbox.min_free_disk", "inbox: { min_free_disk: 1GiB }"),
        Key("secrets[].id", "secrets: [{ id: app, env: APP }]", named: "secrets"),
        Key("secrets[].env", "secrets: [{ id: shopify, env: APP }]", named: "secrets"),
        Key("secrets[].shops", "secrets: [{ id: app, env: APP, shops: [a.example.com] }]", named: "secrets"),
        Key("alerts.slack_env", "alerts: { slack_env: ALERTS }", named: "alerts"),
        Key("prices.refresh", "prices: { refresh: 1h }", named: "prices"),
    ]

    /// Whose keys count at once, all of them.
    private static let takenUp: Set<Substring> = [
        "events", "retention", "providers", "models", "aliases", "routing", "latency_critical", "premium_model",
        "budgets", "data_policy", "limits", "retries", "retry_budget", "breaker", "quality", "destinations",
    ]

    @Test(arguments: afterRestart)
    func `a key that counts only after a restart is named`(key: Key) async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config + key.line + "\n")
            guard case .taken(let report) = await stage.reloader.reload() else {
                Issue.record("refused: \(stage.log.lines(.error))")
                return
            }
            #expect(report.needsRestart == [key.name])
            #expect(stage.log.lines(.warning).compactMap { $0.metadata["keys"] } == [key.name])
        }
    }

    @Test func `several are named together`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(
                config: ReloadStage.config + "server: { port: 1, limits: { body: 1MiB } }\nprices: { refresh: 1h }\n")
            guard case .taken(let report) = await stage.reloader.reload() else {
                Issue.record("refused: \(stage.log.lines(.error))")
                return
            }
            #expect(report.needsRestart == ["server.port", "server.limits", "prices"])
            #expect(stage.log.lines(.warning).map(\.message) == ["needs a restart"])
        }
    }

    /// A new key fails here until it stands above in one place or the other.
    @Test func `of every key it is known when it counts`() {
        let paths = ConfigurationKeys.settings.filter { path in
            !Self.takenUp.contains(path.prefix { $0 != "." && $0 != "[" })
        }
        #expect(paths.sorted() == Self.afterRestart.map(\.path).sorted())
    }

    @Test func `what counts at once is not said to need a restart`() async throws {
        try await ReloadStage.with { stage in
            try stage.write(
                config: ReloadStage.config + """
                    events: { max_attempts: 3 }
                    retention: { payloads: 3d }
                    destinations: { stock: { url: "https://stock.example.com/in", secret_env: STOCK } }
                    budgets: { daily: 7 }
                    breaker: { failures: 3 }

                    """)
            guard case .taken(let report) = await stage.reloader.reload() else {
                Issue.record("refused: \(stage.log.lines(.error))")
                return
            }
            #expect(report.needsRestart == [])
            let settings = stage.live.current.settings
            #expect(settings.events.maxAttempts == 3)
            #expect(settings.retention.payloads == .seconds(3 * 86_400))
            #expect(settings.destinations.keys.sorted() == ["stock"])
            #expect(settings.models.breaker.failures == 3)
        }
    }

    @Test(arguments: [(60, []), (500, ["limits.concurrency"])])
    func `more requests at once than there are connections for need a restart`(
        count: Int, keys: [String]
    ) async throws {
        try await ReloadStage.with { stage in
            try stage.write(config: ReloadStage.config + "limits: { concurrency: \(count) }\n")
            guard case .taken(let report) = await stage.reloader.reload() else {
                Issue.record("refused: \(stage.log.lines(.error))")
                return
            }
            #expect(report.needsRestart == keys)
        }
    }
}
