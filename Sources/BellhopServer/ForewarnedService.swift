package import Logging
package import ServiceLifecycle

/// A service that may begin to stop ahead of its turn, when it is warned, and keeps its place in the order of stopping.
package struct ForewarnedService: Service {
    private let group: ServiceGroup

    package init(_ service: any Service, logger: Logger) {
        group = ServiceGroup(services: [LastingService(service)], logger: logger)
    }

    /// Has the service stop now.
    package func warn() async {
        await group.triggerGracefulShutdown()
    }

    package func run() async throws {
        try await group.run()
        // Who stops after it waits until it is told that it has stopped, and that is in its turn.
        try? await gracefulShutdown()
    }
}
