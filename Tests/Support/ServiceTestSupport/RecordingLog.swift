package import Logging
import Synchronization

/// Remembers what is logged, and wakes those who wait for it.
package final class RecordingLog: Sendable {
    package struct Line: Sendable {
        package var level: Logger.Level
        package var message: String
        package var metadata: [String: String]
    }

    private struct State {
        var lines: [Line] = []
        /// How many of the lines ``next(_:)`` has passed.
        var passed = 0
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// A logger at trace level.
    package var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    package func lines(_ level: Logger.Level) -> [Line] {
        state.withLock { $0.lines.filter { $0.level == level } }
    }

    /// How many lines begin with this message.
    package func count(_ message: String) -> Int {
        state.withLock { $0.lines.count { $0.message.hasPrefix(message) } }
    }

    /// Returns when this was logged, be it before or after the call.
    ///
    /// - Throws: when the time limit of the test cancels it.
    package func wait(for message: String) async throws {
        try await wait { state in state.lines.contains { $0.message.hasPrefix(message) } ? () : nil }
    }

    /// Waits for the next line with this message behind the one that the call before gave.
    ///
    /// - Throws: when the time limit of the test cancels it.
    package func next(_ message: String) async throws -> Line {
        try await wait { state in
            guard let index = state.lines[state.passed...].firstIndex(where: { $0.message == message }) else {
                return nil
            }
            state.passed = index + 1
            return state.lines[index]
        }
    }

    private func wait<Found: Sendable>(until find: @Sendable (inout State) -> Found?) async throws -> Found {
        while true {
            let (written, waiter) = AsyncStream.makeStream(of: Void.self)
            let found = state.withLock { state in
                let found = find(&state)
                if found == nil { state.waiting.append(waiter) }
                return found
            }
            if let found { return found }
            for await _ in written {}
            try Task.checkCancellation()
        }
    }

    private func write(_ line: Line) {
        let waiting = state.withLock { state in
            state.lines.append(line)
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.finish() }
    }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.write(
                Line(
                    level: event.level, message: event.message.description,
                    metadata: metadata.merging(event.metadata ?? [:]) { _, new in new }.mapValues { "\($0)" }))
        }
    }
}
