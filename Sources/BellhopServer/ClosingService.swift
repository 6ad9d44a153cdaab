import ServiceLifecycle

/// Keeps something open until everything that depends on it has stopped, then closes it.
package struct ClosingService: Service {
    private let close: @Sendable () async -> Void

    package init(close: @escaping @Sendable () async -> Void) {
        self.close = close
    }

    package func run() async throws {
        try? await gracefulShutdown()
        await close()
    }
}
