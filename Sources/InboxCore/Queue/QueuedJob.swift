package import Foundation

/// A job that is not over: its record, and where it stands among the others.
package struct QueuedJob: Sendable, Hashable {
    /// Grows with each job; 0 until the shelf gives one.
    package var id: Int64
    /// Sequence number of its delivery.
    package var delivery: Int64
    package var subject: JobSubject
    /// 0 to 9; of a shop's jobs that are ready, the highest goes first.
    package var priority: Int
    package var record: JobRecord
    package var place: LanePlace
    /// Until when it may keep its lane waiting although it waits itself; `nil` when it has not failed or waited as
    /// head.
    package var blocksUntil: Date?
    /// A newer version may take its place, and is then due at this moment; `nil` once it ran, or when it does not
    /// coalesce.
    package var coalescesUntil: Date?
    /// When it was held because of a failure.
    package var failedAt: Date?

    /// A head that failed so often lets the others pass.
    package static let patience = 3
    /// A head that waited for so long lets the others pass, in seconds.
    package static let longestBlock: TimeInterval = 600

    package init(
        id: Int64 = 0, delivery: Int64, subject: JobSubject, priority: Int, record: JobRecord, place: LanePlace = .free,
        blocksUntil: Date? = nil, coalescesUntil: Date? = nil, failedAt: Date? = nil
    ) {
        self.id = id
        self.delivery = delivery
        self.subject = subject
        self.priority = priority
        self.record = record
        self.place = place
        self.blocksUntil = blocksUntil
        self.coalescesUntil = coalescesUntil
        self.failedAt = failedAt
    }

    package var lane: Lane? {
        subject.resource.map { Lane(shop: subject.shop, resource: $0, handlerID: record.handlerID) }
    }

    /// Whether it can be handed out, if it need not be passed over as a suspect.
    package var isClaimable: Bool { record.state == .ready && place != .behind }

    /// Whether it still moves by itself, so that others may have to wait for it.
    var isMoving: Bool {
        switch record.state {
        case .ready, .running, .waiting: true
        case .held, .done, .skipped, .dead: false
        }
    }

    /// Whether the lane has to wait for it.
    func blocks(at now: Date) -> Bool {
        guard isMoving, record.counts.failures < Self.patience else { return false }
        guard case .waiting = record.state, let blocksUntil else { return true }
        return now < blocksUntil
    }

    /// Notes that a run ended, at which moment.
    mutating func noteEnd(at now: Date) {
        failedAt = nil
        if place == .head, blocksUntil == nil, case .waiting = record.state { blocksUntil = now + Self.longestBlock }
        if case .held = record.state, record.fingerprint != nil { failedAt = now }
    }
}
