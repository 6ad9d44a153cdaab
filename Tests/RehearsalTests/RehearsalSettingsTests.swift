import BellhopConfiguration
import Foundation
import ModelClient
import Rehearsal
import Testing

/// What a rehearsal's server takes over from the configuration of a real one.
struct RehearsalSettingsTests {
    private let folder = URL(fileURLWithPath: "/tmp/rehearsal", isDirectory: true)

    @Test func `events and the names of destinations are taken over, models are replaced`() throws {
        let settings = Settings(rehearsing: try configured(), on: standIn, in: folder)
        #expect(settings.models.providers.map(\.name) == ["stand-in"])
        #expect(settings.events.maxAttempts == 3)
        #expect(settings.destinations.keys.sorted() == ["stock"])
        #expect(settings.destinations["stock"]?.secrets == [])
    }

    @Test func `nobody is told, nobody can get in, and nothing is refused for want of room`() throws {
        let settings = Settings(rehearsing: try configured(), on: standIn, in: folder)
        var server = Settings.Server()
        server.port = 0
        server.dataFolder = folder.path
        #expect(settings.server == server)
        #expect(settings.server.host == "127.0.0.1")
        #expect(settings.alerts.slack == nil)
        #expect(settings.inbox.minFreeDisk == 0)
        #expect(settings.prices.refresh == nil)
        #expect(settings.secrets.isEmpty)
    }

    /// Settings in which all of this is other than by default.
    private func configured() throws -> Settings {
        let text = """
            server: { host: 0.0.0.0, port: 443, limits: { per_address: 1 } }
            inbox: { min_free_disk: 900000GiB }
            events: { max_attempts: 3 }
            secrets: [{ id: one, env: SECRET }]
            providers: { real: { url: "https://models.example.com/v1" } }
            models: { m: { provider: real } }
            routing: { default: m }
            alerts: { slack_env: SLACK }
            prices: { refresh: 24h }
            destinations: { stock: { url: "https://stock.example.com/", secret_env: STOCK } }
            """
        let settings = try SettingsFile.read(text: text).withSecrets(
            of: ["SECRET": "s", "SLACK": "https://hooks.example.com/x", "STOCK": "s"])
        try #require(settings.alerts.slack != nil && settings.destinations["stock"]?.secrets.isEmpty == false)
        return settings
    }

    private var standIn: ModelClientConfiguration {
        ModelClientConfiguration(
            providers: [Provider(name: "stand-in", baseURL: "http://127.0.0.1:1/v1")], models: [],
            routing: RoutingMatrix(defaultModel: "m"))
    }
}
