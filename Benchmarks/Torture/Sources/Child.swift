import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A process of this run, which is over when the process is.
struct Child: Sendable {
    let command: [String]
    var environment: [String: String] = [:]
    /// Gets what it says on standard error.
    let log: URL

    /// Starts it, runs `body` beside it and waits for its end. It is killed when the task is cancelled.
    ///
    /// - Parameters:
    ///   - hears: called with each line on standard error.
    ///   - body: gets the process id, which is good as long as this runs.
    func run(
        hears: @escaping @Sendable (String) -> Void = { _ in },
        _ body: @escaping @Sendable (pid_t, _ hasEnded: Latch) async throws -> Void
    ) async throws -> TerminationStatus {
        var values: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { values[key] = value }
        }
        let writer = try LogWriter(log)
        let result = try await Subprocess.run(
            .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
            environment: .inherit.updating(values), input: .none, output: .discarded, error: .sequence
        ) { execution in
            let process = execution.processIdentifier.value
            let ended = Latch()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { ended.open() }
                    for try await line in execution.standardError.strings() {
                        writer.append(line)
                        hears(line)
                    }
                }
                do {
                    try await body(process, ended)
                    try await group.waitForAll()
                } catch {
                    kill(process, SIGKILL)
                    throw error
                }
            }
        }
        return result.terminationStatus
    }
}

/// Something that is waited for and happens once.
final class Latch: Sendable {
    private let isOpen = Mutex(false)

    func open() {
        isOpen.withLock { $0 = true }
    }

    /// - Returns: whether it happened in time and before the task was cancelled.
    func opens(within limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        while !isOpen.withLock({ $0 }) {
            guard ContinuousClock.now < end, !Task.isCancelled else { return false }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return true
    }
}

/// Adds lines to a file.
final class LogWriter: Sendable {
    private let handle: Mutex<FileHandle>

    init(_ file: URL) throws {
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        self.handle = Mutex(handle)
    }

    func append(_ line: String) {
        handle.withLock { try? $0.write(contentsOf: Data((line.hasSuffix("\n") ? line : line + "\n").utf8)) }
    }
}
