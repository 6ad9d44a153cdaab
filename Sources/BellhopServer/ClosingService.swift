import ServiceLifecycle

/// Keeps something open until everything that depends on it has stopped, then closes it.
struct ClosingService: Service {
    private let close: @Sendable () async -> Void

    init(close: @escaping @Sendable () async -> Void) {
        self.close = close
    }

    func run() async throws {
        try? await gracefulShutdown()
        await close()
    }
}
