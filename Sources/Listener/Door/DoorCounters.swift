import InboxCore
import Synchronization

/// What the door has counted since it opened.
package struct DoorCounts: Sendable, Hashable, Codable {
    package var accepted = 0
    package var duplicates = 0
    /// By reason code; see ``Refusal``.
    package var refused: [String: Int] = [:]
    /// How many deliveries each secret has vouched for, by its fingerprint. An old one at rest can be revoked.
    package var vouchedBy: [String: Int] = [:]
    /// Bytes of bodies that are held right now.
    package var bytesInFlight = 0
    /// The most that were held at once.
    package var mostBytesInFlight = 0

    package init() {}
}

/// Counts what happens at the door, and how many bytes it holds.
package final class DoorCounters: Sendable {
    private let state = Mutex(DoorCounts())

    package init() {}

    package var counts: DoorCounts {
        state.withLock { $0 }
    }

    func count(_ refusal: Refusal) {
        state.withLock { $0.refused[refusal.rawValue, default: 0] += 1 }
    }

    func count(_ acceptance: Acceptance, vouchedBy fingerprint: String) {
        state.withLock { counts in
            switch acceptance {
            case .stored: counts.accepted += 1
            case .duplicate: counts.duplicates += 1
            }
            counts.vouchedBy[fingerprint, default: 0] += 1
        }
    }

    /// Whether so many more bytes could be held now. Nothing is reserved.
    func hasRoom(for bytes: Int, within limit: Int) -> Bool {
        state.withLock { bytes <= limit - $0.bytesInFlight }
    }

    /// Counts bytes as held if the limit allows it.
    ///
    /// - Returns: `false` when it does not; nothing is held then.
    func hold(_ bytes: Int, within limit: Int) -> Bool {
        state.withLock { counts in
            guard bytes <= limit - counts.bytesInFlight else { return false }
            counts.bytesInFlight += bytes
            counts.mostBytesInFlight = max(counts.mostBytesInFlight, counts.bytesInFlight)
            return true
        }
    }

    func release(_ bytes: Int) {
        state.withLock { $0.bytesInFlight -= bytes }
    }
}
