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

/// Counts what happens at the door, and remembers how many bytes it holds.
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

    /// - Parameter bytes: how many are held now.
    func hold(_ bytes: Int) {
        state.withLock { counts in
            counts.bytesInFlight = bytes
            counts.mostBytesInFlight = max(counts.mostBytesInFlight, bytes)
        }
    }
}
