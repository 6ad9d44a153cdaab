/// What waits to be written, bounded in bytes. A plain value; its owner holds the lock and does the work.
struct WriteQueue<Write> {
    enum Admission: Equatable {
        /// The queue was idle: somebody has to start writing.
        case start
        /// Whoever is writing will come to it.
        case queued
        case overloaded
        case closed
    }

    private let maxBytes: Int
    private(set) var waiting: [Write] = []
    /// Of what waits and of what is being written.
    private(set) var bytes = 0
    private var isWriting = false
    private(set) var isClosed = false

    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    /// - Parameter bytes: 0 for a write that must not be refused.
    mutating func admit(_ write: Write, bytes added: Int) -> Admission {
        guard !isClosed else { return .closed }
        guard added == 0 || added <= maxBytes - bytes else { return .overloaded }
        bytes += added
        waiting.append(write)
        guard !isWriting else { return .queued }
        isWriting = true
        return .start
    }

    /// All that waits, oldest first; when that is nothing, the queue is idle again.
    mutating func take() -> [Write] {
        defer { waiting = [] }
        isWriting = !waiting.isEmpty
        return waiting
    }

    /// Makes room for as much again.
    mutating func wrote(bytes removed: Int) {
        bytes -= removed
    }

    /// Admits nothing more; what waits is still to be written.
    mutating func close() {
        isClosed = true
    }
}
