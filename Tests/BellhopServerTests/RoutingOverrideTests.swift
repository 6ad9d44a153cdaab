import Bellhop
import BellhopConfiguration
import BellhopServer
import Foundation
import Testing
import Vocabulary

/// What `bellhop routes` shows of subscriptions that go a way of their own.
@Suite struct RoutingOverrideTests {
    private static let config = """
        providers:
          far: { url: "https://far.example.com/v1" }
          near: { url: "https://near.example.com/v1", data: { no_training: true } }
        models:
          small: { provider: far, price: { prompt: 0.1, completion: 0.4 }, fallbacks: [large] }
          large: { provider: near, price: { prompt: 3, completion: 15 } }
        routing: { default: small }
        """

    private func overview(_ subscriptions: String...) throws -> RoutingOverview {
        let folder = FileManager.default.temporaryDirectory.appending(path: "overrides-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (index, text) in subscriptions.enumerated() {
            try Data(text.utf8).write(to: folder.appending(path: "\(index).yaml"))
        }
        return RoutingOverview(
            try SettingsFile.read(text: Self.config),
            subscriptions: try SubscriptionReader.read(folder: folder), handlers: [Tagger.self, Poster.self])
    }

    @Test func `a subscription with a model or a data policy is shown with what it comes to`() throws {
        let overrides = try overview(
            "topic: orders/create\nhandler: tagger\nsettings: { tag: t }\nmodel: large",
            "topic: orders/create\nhandler: poster\nsettings: { to: erp }\ndata_policy: { no_training: true }",
            "topic: orders/paid\nhandler: tagger\nsettings: { tag: t }"
        ).overrides
        #expect(overrides.map(\.handler) == ["tagger", "poster"])
        #expect(overrides.map(\.topic) == ["orders/create", "orders/create"])
        #expect(overrides.map(\.model) == ["large", nil])
        #expect(overrides.map(\.asks) == [[], ["no training"]])
        #expect(overrides.map { $0.chain.map(\.model) } == [["large"], ["large"]])
        #expect(overrides.first?.chain.first?.completion == "15")
        #expect(overrides.first?.file.hasSuffix("0.yaml") == true)
    }

    @Test func `a model that is not configured leaves nobody to ask`() throws {
        let override = try #require(
            try overview("topic: orders/create\nhandler: elsewhere\nmodel: huge").overrides.first)
        #expect(override.model == "huge" && override.chain.isEmpty)
        let json = try JSONValue(parsing: try JSONEncoder().encode(override))
        #expect(json["handler"]?.string == "elsewhere" && json["chain"] == [])
    }
}
