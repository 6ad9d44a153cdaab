import ServiceLifecycle

/// A service that ends only when it is told to: one that returns before that has failed, and says so.
struct LastingService: Service {
    private let service: any Service

    init(_ service: any Service) {
        self.service = service
    }

    func run() async throws {
        try await service.run()
        guard Task.isShuttingDownGracefully || Task.isCancelled else {
            throw EarlyEndError(part: (service as? any CustomStringConvertible)?.description ?? "\(type(of: service))")
        }
    }
}

/// A part of the server ended although nobody had told it to.
package struct EarlyEndError: Error, Sendable, Hashable, CustomStringConvertible {
    package var part: String

    package init(part: String) {
        self.part = part
    }

    package var description: String {
        "\(part) ended by itself, and the server stops; the log says why. Start it again"
    }
}
