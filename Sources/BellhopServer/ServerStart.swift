package import ServiceLifecycle

/// The server from its opening on, so that one that waits for its storage can be told to stop.
///
/// It holds a closure and no options: a group writes its services into the log at debug, and among the options are
/// secrets.
package struct ServerStart: Service {
    private let open: @Sendable () async throws -> any Service

    /// - Parameter open: opens the server, by ``Server/open(_:logger:onReady:)``.
    package init(_ open: @escaping @Sendable () async throws -> any Service) {
        self.open = open
    }

    /// - Throws: what opening the server and running it throws.
    package func run() async throws {
        let server: any Service
        do {
            server = try await open()
        } catch is CancellationError where Task.isShuttingDownGracefully {
            return
        }
        try await server.run()
    }
}
