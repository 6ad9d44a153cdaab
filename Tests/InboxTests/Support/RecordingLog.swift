import Logging
import Synchronization

/// Remembers what is logged.
final class RecordingLog: Sendable {
    private let lines = Mutex<[(level: Logger.Level, message: String)]>([])

    /// A logger at trace level.
    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    func count(_ message: String) -> Int {
        lines.withLock { $0.count { $0.message.hasPrefix(message) } }
    }

    /// Returns when this was logged.
    ///
    /// - Throws: when the time limit of the test cancels it.
    func wait(for message: String) async throws {
        while count(message) == 0 {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.lines.withLock { $0.append((event.level, event.message.description)) }
        }
    }
}
