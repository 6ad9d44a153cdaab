import Logging
import Synchronization

/// Keeps what is logged, and tells who waits for it.
final class LogBook: Sendable {
    struct Line: Sendable {
        var level: Logger.Level
        var message: String
        var metadata: [String: String]
    }

    private let book = Mutex<[Line]>([])
    private let stream: AsyncStream<Line>
    private let writer: AsyncStream<Line>.Continuation

    init() {
        (stream, writer) = AsyncStream.makeStream()
    }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(book: self) }
    }

    func lines(_ level: Logger.Level) -> [Line] {
        book.withLock { $0.filter { $0.level == level } }
    }

    /// Waits for the next line with this message.
    func next(_ message: String) async -> Line? {
        await stream.first { $0.message == message }
    }

    private func write(_ line: Line) {
        book.withLock { $0.append(line) }
        writer.yield(line)
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.write(
                Line(
                    level: event.level, message: "\(event.message)",
                    metadata: (event.metadata ?? [:]).mapValues { "\($0)" }))
        }
    }
}
