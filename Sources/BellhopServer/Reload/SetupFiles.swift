package import BellhopConfiguration
import Dispatch
package import Foundation

/// Where the running server's configuration comes from.
package struct SetupFiles: Sendable {
    private let config: URL
    private let webhooks: URL
    private let environment: Settings.Environment
    private let override: @Sendable (inout Settings) -> Void
    /// Reading files blocks.
    private let queue = DispatchQueue(label: "bellhop.setup-files")

    /// - Parameter override: puts in what the command line says.
    package init(
        config: URL, webhooks: URL, environment: Settings.Environment,
        override: @escaping @Sendable (inout Settings) -> Void = { _ in }
    ) {
        self.config = config
        self.webhooks = webhooks
        self.environment = environment
        self.override = override
    }

    package func read() async -> ConfigurationFiles {
        await onQueue { ConfigurationFiles(config: config, webhooks: webhooks) }
    }

    /// How the files look from outside.
    package func stamps() async -> FileStamps {
        await onQueue { FileStamps(config: config, webhooks: webhooks) }
    }

    /// - Throws: `ConfigurationError`.
    package func settings(from files: ConfigurationFiles) throws -> Settings {
        var settings = try files.settings(environment: environment)
        override(&settings)
        return settings
    }

    private func onQueue<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
