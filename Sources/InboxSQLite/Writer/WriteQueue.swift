/// What waits to be written: what callers wait for is bounded in bytes, what was posted in number. A plain value; its
/// owner holds the lock and does the work.
struct WriteQueue<Write> {
    enum Answer: Equatable {
        /// The queue was idle: somebody has to start writing.
        case start
        /// Whoever is writing will come to it.
        case queued
        /// More was posted than may wait.
        case overloaded
        case refused(Admission.Refusal)
        case closed
    }

    /// What it is told decides about deliveries.
    var admission: Admission
    private let maxPosted: Int
    private(set) var waiting: [Write] = []
    /// Of what waits and of what is being written.
    private(set) var bytes = 0
    /// Posted writes that are neither recorded nor lost.
    private(set) var posted = 0
    private var isWriting = false
    private var isLosing = false
    private(set) var isClosed = false

    init(admission: Admission, maxPosted: Int) {
        self.admission = admission
        self.maxPosted = maxPosted
    }

    /// Why a delivery of any size is refused; `nil` when its size decides.
    func refusal(isObliged: Bool, at now: Admission.Moment) -> Admission.Refusal? {
        admission.refusal(ofBytes: 1, isObliged: isObliged, waiting: bytes, at: now)
    }

    /// - Parameters:
    ///   - added: 0 for a write that must not be refused.
    ///   - isObliged: whether it has to be taken if that is possible at all.
    mutating func admit(
        _ write: Write, bytes added: Int, isObliged: Bool = false, at now: Admission.Moment
    ) -> Answer {
        guard !isClosed else { return .closed }
        if added > 0,
            let refusal = admission.refusal(ofBytes: added, isObliged: isObliged, waiting: bytes, at: now)
        {
            return .refused(refusal)
        }
        bytes += added
        return add(write)
    }

    /// Takes a write that nobody waits for.
    mutating func post(_ write: Write) -> Answer {
        guard !isClosed else { return .closed }
        guard posted < maxPosted else { return .overloaded }
        posted += 1
        return add(write)
    }

    private mutating func add(_ write: Write) -> Answer {
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

    /// Makes room for as many posted writes again.
    mutating func recorded(posted count: Int) {
        posted -= count
        isLosing = false
    }

    /// Notes that posted writes are given up.
    ///
    /// - Parameter admitted: how many of them had been admitted.
    /// - Returns: whether they are the first since one was recorded.
    mutating func lost(admitted count: Int) -> Bool {
        posted -= count
        defer { isLosing = true }
        return !isLosing
    }

    /// Admits nothing more; what waits is still to be written.
    mutating func close() {
        isClosed = true
    }
}
