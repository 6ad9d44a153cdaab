/// Whether another delivery may be taken in: by what waits to be written, by the room on the disk, and by how slowly
/// the disk takes it. A plain value; its owner tells it what it sees, and when.
///
/// Ordinary deliveries are refused early: the sender comes again, and what was taken in can be finished meanwhile. What
/// has to be taken in is refused only when there is next to no room left. What workers write is never asked about here.
struct Admission: Sendable {
    typealias Moment = ContinuousClock.Instant

    enum Refusal: Sendable, Hashable {
        /// Too much waits to be written.
        case queue
        /// The rest of the disk is kept for finishing.
        case disk
        /// The disk takes too long.
        case slowness
    }

    /// A flush that takes longer is slow.
    static let slowFlush = Duration.seconds(2)
    /// After so long without a flush another is tried, however slow the last ones were.
    static let slownessLasts = Duration.seconds(5)
    /// How often the room on the disk is looked at while nothing is written, at most.
    static let lookInterval = Duration.seconds(1)

    private let maxBytes: Int
    private let minFreeDisk: Int
    /// Room on the disk; `nil` while it is not known, which refuses nothing.
    private(set) var freeBytes: Int?
    private var lastLook: Moment?
    private var flushBegan: Moment?
    private var lastFlushEnded: Moment?
    /// Slow flushes in a row.
    private var slowFlushes = 0

    /// - Parameters:
    ///   - maxBytes: that may wait to be written.
    ///   - minFreeDisk: bytes of the disk that are kept for finishing; 0 keeps none.
    init(maxBytes: Int, minFreeDisk: Int) {
        self.maxBytes = maxBytes
        self.minFreeDisk = minFreeDisk
    }

    /// Why a delivery is refused, or `nil` when it is not.
    ///
    /// - Parameters:
    ///   - isObliged: whether it has to be taken in if that is possible at all.
    ///   - waiting: bytes that wait to be written.
    func refusal(ofBytes bytes: Int, isObliged: Bool, waiting: Int, at now: Moment) -> Refusal? {
        if bytes > maxBytes - waiting || !isObliged && waiting > maxBytes / 5 * 3 { return .queue }
        if let freeBytes, freeBytes < (isObliged ? minFreeDisk / 4 : minFreeDisk) { return .disk }
        return !isObliged && isSlow(at: now) ? .slowness : nil
    }

    /// Whether it is time to look at the disk again; who is told so has to look.
    ///
    /// - Parameter afterWriting: whether something was just written. Within a second ordinary deliveries could use up
    ///   what is kept for those that have to be taken in.
    mutating func takeLook(at now: Moment, afterWriting: Bool = false) -> Bool {
        guard minFreeDisk > 0 else { return false }
        if let lastLook, !afterWriting, now - lastLook < Self.lookInterval { return false }
        lastLook = now
        return true
    }

    mutating func saw(freeBytes: Int?) {
        self.freeBytes = freeBytes
    }

    mutating func flushBegins(at now: Moment) {
        flushBegan = now
    }

    /// Does nothing when none had begun.
    mutating func flushEnds(at now: Moment) {
        guard let flushBegan else { return }
        slowFlushes = now - flushBegan > Self.slowFlush ? slowFlushes + 1 : 0
        self.flushBegan = nil
        lastFlushEnded = now
    }

    /// One slow flush may have met a moment of somebody else's; two in a row, or one that does not end, are no
    /// accident.
    private func isSlow(at now: Moment) -> Bool {
        if let flushBegan, now - flushBegan > Self.slowFlush { return true }
        guard slowFlushes >= 2, let lastFlushEnded else { return false }
        return now - lastFlushEnded < Self.slownessLasts
    }
}
