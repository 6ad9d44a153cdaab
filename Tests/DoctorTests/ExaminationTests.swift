import Bellhop
import BellhopConfiguration
import Doctor
import Foundation
import HTTPTransport
import Logging
import ModelStandIn
import ServiceTestSupport
import TestSupport
import Testing
import Vocabulary

/// All checks together, against the stand-in over libcurl.
@Suite(.timeLimit(.minutes(5))) struct ExaminationTests {
    /// A configuration of three models: one that the stand-in lists at its price, one at another, one not at all.
    private func config(port: Int, data: URL) -> String {
        """
        server: { data: \(data.path) }
        providers:
          router: { url: "http://127.0.0.1:\(port)/v1", dialect: openrouter, key_env: ROUTER_KEY }
        models:
          a/right: { provider: router, price: { prompt: 0.25, completion: 1.5 }, fallbacks: [a/changed] }
          a/changed: { provider: router, price: { prompt: 1, completion: 5 }, fallbacks: [a/rigth] }
          a/rigth: { provider: router, price: { prompt: 2, completion: 9 } }
        routing: { default: a/right, tasks: { translation: a/changed } }
        """
    }

    private func withStandIn(_ body: (Int) async throws -> Void) async throws {
        var prices: [String: ModelPrice] = [:]
        for (id, prompt) in [("a/right", Int64(250_000)), ("a/changed", 750_000)] {
            prices[id] = ModelPrice(
                prompt: try #require(TokenPrice(picos: prompt)), completion: try #require(TokenPrice(picos: 1_500_000)))
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await RunningServer.run { [prices] in
            StandInServer(
                configuration: StandInConfiguration(prices: prices), bill: Bill(), logger: logger, onRunning: $0)
        } during: {
            try await body($0.port)
        }
    }

    private func examine(_ text: (URL) -> String, probes: Bool) async throws -> [Finding] {
        try await TemporaryFolder.with { folder in
            let config = folder.appending(path: "bellhop.yaml")
            let webhooks = folder.appending(path: "webhooks")
            try FileManager.default.createDirectory(at: webhooks, withIntermediateDirectories: true)
            try Data(text(folder).utf8).write(to: config)
            try Data("topic: orders/create\nhandler: quiet\n".utf8).write(to: webhooks.appending(path: "a.yaml"))
            let transport = CurlTransport()
            var findings: [Finding] = []
            await Examination(
                files: ConfigurationFiles(config: config, webhooks: webhooks),
                environment: ["SHOPIFY_API_SECRET": "x", "ROUTER_KEY": "k", "BELLHOP_ADMIN_TOKEN": "0123456789abcdef"],
                handlers: [Quiet.self], transport: transport, probes: probes
            ).run { findings += $0 }
            await transport.close()
            return findings
        }
    }

    @Test func `a good configuration is found good, and what differs from the list is told`() async throws {
        try await withStandIn { port in
            let found = try await examine({ config(port: port, data: $0) }, probes: false)
            #expect(found.filter { $0.check == .configuration }.map(\.status) == [.ok, .ok])
            #expect(found.filter { $0.check == .secrets }.map(\.status) == [.ok, .ok, .ok, .warn])
            #expect(found.filter { $0.check == .providers }.first?.message == "answers, and lists 2 models")
            let models = found.filter { $0.check == .models }
            #expect(models.map(\.status) == [.ok, .warn, .fail])
            #expect(models[1].message.contains("configured at 1 / 5, and listed at 0.75 / 1.5"))
            #expect(models[2].advice == "write id: a/right")
            #expect(!found.contains { $0.check == .probe })
        }
    }

    @Test func `a probe asks the cheapest model`() async throws {
        try await withStandIn { port in
            let found = try await examine({ config(port: port, data: $0) }, probes: true)
            let probes = found.filter { $0.check == .probe }
            #expect(probes.map(\.subject) == ["a/right", "a/right"])
            let whole = try #require(probes.first)
            #expect(whole.status == .ok, "\(whole)")
            #expect(whole.message.hasPrefix("whole: answered in "))
            #expect(whole.message.contains("billed $0.0000"))
            #expect(probes.last?.message.hasPrefix("streamed: ") == true)
        }
    }

    @Test func `a mistake ends the examination, and each is named`() async throws {
        let text = """
            providers: { router: { url: "http://127.0.0.1:1/v1" } }
            models: { a: { provider: router } }
            routing: { default: b }
            premium_model: c
            """
        let found = try await examine({ _ in text }, probes: true)
        #expect(found.map(\.status) == [.fail, .fail])
        #expect(found.allSatisfy { $0.check == .configuration })
        #expect(found.map { $0.subject.suffix(14) } == ["bellhop.yaml:3", "bellhop.yaml:4"])
    }

    @Test func `a provider that cannot be reached is not probed`() async throws {
        let found = try await examine({ config(port: 1, data: $0) }, probes: true)
        #expect(found.filter { $0.check == .providers }.map(\.status) == [.fail])
        #expect(!found.contains { $0.check == .probe || $0.check == .models })
    }

    @Test func `a secret that is not set is one finding among all others`() async throws {
        let lines = """

            alerts: { slack_env: SLACK }
            destinations: { erp: { url: "https://erp.example.com", secret_env: ROUTER_KEY } }
            """
        let found = try await examine({ config(port: 1, data: $0) + lines }, probes: false)
        let configuration = found.filter { $0.check == .configuration }
        #expect(configuration.map(\.status) == [.fail, .ok])
        #expect(configuration.first?.message.contains("SLACK, which is not set") == true)
        #expect(Set(found.map(\.check)).isSuperset(of: [.secrets, .dataFolder, .providers]))
        #expect(!found.contains { $0.status == .ok && $0.subject == "SLACK" })
        // What else is set counts all the same: the provider's key, and the secret of the destination.
        #expect(found.filter { $0.subject == "ROUTER_KEY" }.map(\.status) == [.ok, .ok])
    }
}

/// A handler that asks nothing.
private struct Quiet: WebhookHandler {
    static let id = "quiet"
    static let topics: [Topic] = ["orders/create"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = []

    init(settings: NoSettings) {}

    func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] { [] }
}
