package import Logging
import ServiceLifecycle

/// The server from its opening on, so that one that waits for its storage can be told to stop.
package struct ServerStart: Service {
    private let options: Server.Options
    private let logger: Logger
    private let onReady: @Sendable (Server.Ports) async -> Void

    /// - Parameter onReady: called once when both doors are open.
    package init(
        _ options: Server.Options, logger: Logger, onReady: @escaping @Sendable (Server.Ports) async -> Void
    ) {
        self.options = options
        self.logger = logger
        self.onReady = onReady
    }

    /// - Throws: what ``Server/open(_:logger:onReady:)`` and ``Server/run()`` throw.
    package func run() async throws {
        let server: Server
        do {
            server = try await Server.open(options, logger: logger, onReady: onReady)
        } catch is CancellationError where Task.isShuttingDownGracefully {
            return
        }
        try await server.run()
    }
}
