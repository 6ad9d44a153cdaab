import Foundation
import InboxCore

/// Keeps what is known about the storage, and tells when that begins and ends, so that it is said once and not with
/// each delivery. A plain value; its owner holds the lock.
struct ConditionBook: Sendable {
    enum News: Sendable, Equatable {
        case fails(String)
        case works
        case refuses(String)
        case takesAgain
    }

    /// Refusals that are closer together belong to the same stretch, in seconds.
    static let stretch: TimeInterval = 5

    private var failing: (reason: String, since: Date)?
    private var refusing: (reason: String, since: Date, last: Date)?

    /// Notes that nothing could be written.
    mutating func failed(_ reason: String, at now: Date) -> News? {
        guard failing?.reason != reason else { return nil }
        failing = (reason, failing?.since ?? now)
        return .fails(reason)
    }

    mutating func wrote() -> News? {
        guard failing != nil else { return nil }
        failing = nil
        return .works
    }

    mutating func refused(_ refusal: Admission.Refusal, at now: Date) -> News? {
        let reason = refusal.words
        defer { refusing = (reason, refusing?.since ?? now, now) }
        return refusing == nil ? .refuses(reason) : nil
    }

    mutating func admitted(at now: Date) -> News? {
        guard let last = refusing?.last, now.timeIntervalSince(last) >= Self.stretch else { return nil }
        refusing = nil
        return .takesAgain
    }

    func condition(freeBytes: Int?, at now: Date) -> StorageCondition {
        if let failing {
            return StorageCondition(.failing, reason: failing.reason, since: failing.since, freeBytes: freeBytes)
        }
        if let refusing, now.timeIntervalSince(refusing.last) < Self.stretch {
            return StorageCondition(.refusing, reason: refusing.reason, since: refusing.since, freeBytes: freeBytes)
        }
        return StorageCondition(.working, freeBytes: freeBytes)
    }
}

extension Admission.Refusal {
    /// Why, and what to do about it.
    var words: String {
        switch self {
        case .queue: "too many deliveries wait to be written; try again shortly"
        case .disk:
            "the room that is left on the disk is kept for finishing what was taken in; make room, or lower "
                + "inbox.min_free_disk"
        case .slowness: "the disk takes seconds for each write; look at what else uses it"
        }
    }
}
