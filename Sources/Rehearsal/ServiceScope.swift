import Logging
import ServiceLifecycle

/// Runs a service for as long as `body` takes.
///
/// - Parameters:
///   - make: makes the service; it calls `ready` once it takes requests.
///   - body: gets what the service passed to `ready`.
/// - Throws: what the service throws when it cannot start, or what `body` throws.
func withService<Ready: Sendable, Result: Sendable>(
    logger: Logger, _ make: (_ ready: @escaping @Sendable (Ready) async -> Void) async throws -> any Service,
    body: @Sendable (Ready) async throws -> Result
) async throws -> Result {
    let (readiness, announce) = AsyncStream.makeStream(of: Ready.self)
    let service = try await make { announce.yield($0) }
    let services = ServiceGroup(services: [service], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { announce.finish() }
            try await services.run()
        }
        guard let ready = await readiness.first(where: { _ in true }) else {
            try await group.waitForAll()
            throw CancellationError()
        }
        let result = await Swift.Result { try await body(ready) }
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return try result.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
