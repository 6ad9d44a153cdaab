package import Foundation
import Yams

/// The files of a configuration as they lay on disk at one moment. Equal when their bytes are.
package struct ConfigurationFiles: Sendable, Hashable {
    private let config: File
    private let webhooks: [File]
    private let folder: URL

    struct File: Sendable, Hashable {
        var url: URL
        /// `nil` when the file could not be read.
        var bytes: Data?

        init(_ url: URL) {
            self.url = url
            bytes = try? Data(contentsOf: url)
        }
    }

    /// Reads `bellhop.yaml` and the YAML files of the folder `webhooks`. What cannot be read is told by
    /// ``settings(environment:)`` and ``subscriptions()``.
    package init(config: URL, webhooks folder: URL) {
        self.config = File(config)
        self.folder = folder
        webhooks = SubscriptionReader.names(in: folder).map { File(folder.appending(path: $0)) }
    }

    /// The name of the settings' file, as mistakes name it.
    package var configName: String { config.name }

    /// The settings with the secrets that they name, as a running server needs them.
    ///
    /// - Throws: ``ConfigurationError``.
    package func settings(environment: Settings.Environment) throws -> Settings {
        try settings().withSecrets(of: environment)
    }

    /// The settings with as many of the secrets as can be used, the subscriptions, and what is wrong with either.
    package func whatCanBeUsed(
        environment: Settings.Environment
    ) -> (settings: Settings?, subscriptions: [Subscription]?, mistakes: [ConfigurationError]) {
        var mistakes = Mistakes()
        let settings = mistakes.noting { try self.settings() }
        let taken = settings?.takingSecrets(of: environment)
        mistakes.add(taken?.mistakes.all ?? [])
        let subscriptions = mistakes.noting { try self.subscriptions() }
        return (taken?.settings, subscriptions, mistakes.all)
    }

    /// The settings without the secrets that they name.
    ///
    /// - Throws: ``ConfigurationError``.
    package func settings() throws -> Settings {
        try SettingsFile.read(YAMLDocument(config))
    }

    /// - Throws: ``ConfigurationError``.
    package func subscriptions() throws -> [Subscription] {
        try SubscriptionReader.read(webhooks.map { file in { try YAMLDocument(file) } }, in: folder)
    }

    /// The settings and the subscriptions.
    ///
    /// - Parameter settings: reads the settings.
    /// - Throws: ``ConfigurationError`` with the mistakes of both.
    package func all(
        settings read: (ConfigurationFiles) throws -> Settings
    ) throws -> (settings: Settings, subscriptions: [Subscription]) {
        var mistakes = Mistakes()
        let settings = mistakes.noting { try read(self) }
        let subscriptions = mistakes.noting { try self.subscriptions() }
        guard let settings, let subscriptions else {
            try mistakes.throwAny()
            throw ConfigurationError(file: configName, message: "cannot be read")
        }
        return (settings, subscriptions)
    }

    /// The values in which these files differ from earlier ones, each by its file and path, for example
    /// `bellhop.yaml: budgets.daily`; without what the values are. At most ``mostChanges`` and a line that says how
    /// many more.
    ///
    /// - Returns: an empty list when nothing differs but comments and the order of keys.
    /// - Throws: ``ConfigurationError`` when one of them is not YAML.
    package func changes(since earlier: ConfigurationFiles) throws -> [String] {
        var changes = try Self.changes(from: earlier.config, to: config)
        let before = Dictionary(earlier.webhooks.map { ($0.url, $0) }, uniquingKeysWith: { first, _ in first })
        for file in webhooks {
            if let old = before[file.url] {
                changes += try Self.changes(from: old, to: file)
            } else {
                changes.append("\(file.name): added")
            }
        }
        let now = Set(webhooks.map(\.url))
        changes += earlier.webhooks.filter { !now.contains($0.url) }.map { "\($0.name): removed" }
        guard changes.count > Self.mostChanges else { return changes }
        return changes.prefix(Self.mostChanges) + ["and \(changes.count - Self.mostChanges) more"]
    }

    private static let mostChanges = 50

    private static func changes(from old: File, to new: File) throws -> [String] {
        guard old.bytes != new.bytes else { return [] }
        return try YAMLDifference(YAMLDocument(old).root.owner.node, YAMLDocument(new).root.owner.node).paths
            .map { "\(new.name): \($0)" }
    }
}

extension ConfigurationFiles.File {
    var name: String { url.lastPathComponent }
}

extension YAMLDocument {
    fileprivate init(_ file: ConfigurationFiles.File) throws {
        guard let bytes = file.bytes else {
            try self.init(contentsOf: file.url)
            return
        }
        try self.init(data: bytes, file: file.url.relativePath)
    }
}
