package import Logging
package import ServiceLifecycle

/// A server on a free port of loopback, for the time of a test.
package struct RunningServer<Server: Service>: Sendable {
    package let server: Server
    package let port: Int
    private let group: ServiceGroup

    /// Starts the server, runs the body and stops the server: in good order after success, at once after an error.
    ///
    /// - Parameters:
    ///   - make: builds the server, which calls `onRunning` with its port.
    ///   - logger: what the service group writes to.
    /// - Throws: what the body throws, or why the server did not start.
    package static func run<Result>(
        _ make: (_ onRunning: @escaping @Sendable (Int) -> Void) throws -> Server,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        during body: (RunningServer) async throws -> Result
    ) async throws -> Result {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = try make { found.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { found.finish() }
                try await group.run()
            }
            guard let port = await ports.first(where: { _ in true }) else {
                try await tasks.waitForAll()
                throw NeverRan()
            }
            let result = try await body(RunningServer(server: server, port: port, group: group))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    /// Asks the server to stop while the body still runs.
    package func stop() async {
        await group.triggerGracefulShutdown()
    }
}

/// The server ended without having told a port.
package struct NeverRan: Error {}
