package import Foundation
import ModelClient
import Vocabulary

/// Reads `bellhop.yaml`.
package enum SettingsFile {
    /// - Throws: ``ConfigurationError`` for the first mistake, by file and line.
    package static func read(_ url: URL, environment: Settings.Environment) throws -> Settings {
        try read(YAMLDocument(contentsOf: url), environment: environment)
    }

    /// - Throws: ``ConfigurationError`` for the first mistake, by file and line.
    package static func read(
        text: String, file: String = "bellhop.yaml", environment: Settings.Environment
    ) throws -> Settings {
        try read(YAMLDocument(text: text, file: file), environment: environment)
    }

    private static func read(_ document: YAMLDocument, environment: Settings.Environment) throws -> Settings {
        let root = document.root
        try root.check(keys: [
            "server", "secrets", "events", "providers", "models", "aliases", "routing", "premium_model", "limits",
            "retries",
        ])
        let models = try ModelsReader.read(root, environment: environment)
        var settings = Settings(models: models)
        if let server = root["server"] { settings.server = try readServer(server.mapping()) }
        if let events = root["events"] { settings.events = try readEvents(events.mapping()) }
        if let secrets = root["secrets"] { settings.secrets = try secrets.list().map { try readSecret($0.mapping()) } }
        if let problem = models.problems().first {
            throw ConfigurationError(file: root.owner.file, message: problem)
        }
        return settings
    }

    private static func readServer(_ map: YAMLMapping) throws -> Settings.Server {
        try map.check(keys: ["host", "port", "admin_port", "data", "concurrency"])
        var server = Settings.Server()
        if let host = map["host"] { server.host = try host.text() }
        if let port = map["port"] { server.port = try port.integer(0...65535) }
        if let port = map["admin_port"] { server.adminPort = try port.integer(0...65535) }
        if let data = map["data"] { server.dataFolder = try data.text() }
        if let concurrency = map["concurrency"] { server.concurrency = try concurrency.integer(1...1000) }
        return server
    }

    private static func readEvents(_ map: YAMLMapping) throws -> Settings.Events {
        try map.check(keys: ["max_attempts", "deadline", "max_tokens"])
        var events = Settings.Events()
        if let attempts = map["max_attempts"] { events.maxAttempts = try attempts.integer(1...100) }
        if let deadline = map["deadline"] { events.deadline = try deadline.positiveDuration() }
        if let tokens = map["max_tokens"] { events.maxTokens = try tokens.integer(16...100_000) }
        return events
    }

    private static func readSecret(_ map: YAMLMapping) throws -> Settings.SecretSource {
        try map.check(keys: ["id", "env", "shops"])
        return Settings.SecretSource(
            id: try map.required("id").text(), variable: try map.required("env").variableName(),
            shops: try map["shops"].map(readShops))
    }

    private static func readShops(_ value: YAMLValue) throws -> [String] {
        let shops = try value.list().map { try $0.text() }
        guard !shops.isEmpty else { throw value.mistake("names no shop; leave it out to allow any") }
        return shops
    }
}
