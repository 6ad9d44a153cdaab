import ArgumentParser
import UnixSignals

/// Runs `body` to its end. Ctrl-C or a request to stop cancels it, and it still clears away what it has to.
///
/// - Returns: what `body` returns, also when that is what it has got until it was cancelled.
/// - Throws: `ExitCode.interrupted` when `body` fails after the signal, else what `body` throws.
func interruptible<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in signals { break }
            return nil
        }
        defer { group.cancelAll() }
        if let result = try await group.next() ?? nil { return result }
        group.cancelAll()
        guard let result = try? await group.next() ?? nil else { throw ExitCode.interrupted }
        return result
    }
}

extension ExitCode {
    /// What a shell makes of Ctrl-C: 128 and the number of the signal.
    static let interrupted = ExitCode(130)
}
