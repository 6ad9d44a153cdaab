import ArgumentParser
import UnixSignals

/// Runs `body`; Ctrl-C or a request to stop cancels it, and what it has to clear away is cleared away.
///
/// - Throws: `ExitCode(130)` when interrupted, else what `body` throws.
func interruptible<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in signals { break }
            return nil
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() ?? nil else { throw ExitCode(130) }
        return result
    }
}
