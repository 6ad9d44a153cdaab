package import Foundation

/// Where one handler's work on one delivery stands.
///
/// ```
/// ready ──claim──▶ running ──▶ done
///   ▲                │ │ └───▶ dead          (a person can run it again)
///   │                │ └─────▶ held(reason)  (a person has to decide)
///   └── waiting ◀────┘                       (ends by itself)
/// ```
package enum JobState: Sendable, Hashable {
    /// Can be claimed now.
    case ready
    /// Claimed by a worker under a lease.
    case running(lease: Lease)
    /// Can be claimed from this moment on.
    case waiting(until: Date, reason: String)
    /// Stopped until a person decides.
    case held(reason: String)
    /// The handler finished; nothing is left to do.
    case done
    /// There was nothing to do: an echo of our own write, an old version, or a newer one took its place.
    case skipped(reason: String)
    /// All attempts failed.
    case dead(reason: String)

    package enum Name: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
        case ready, running, waiting, held, done, skipped, dead
    }

    package var name: Name {
        switch self {
        case .ready: .ready
        case .running: .running
        case .waiting: .waiting
        case .held: .held
        case .done: .done
        case .skipped: .skipped
        case .dead: .dead
        }
    }
}

/// The right to work on a job until it expires or is extended.
package struct Lease: Sendable, Hashable {
    /// Differs with every claim: whoever holds an older token has lost the job.
    package var token: Int64
    /// The epoch of the inbox that gave the lease. After a restart all leases of earlier epochs are void.
    package var epoch: Int64
    package var expiresAt: Date

    /// Of a claim to rehearse with: no inbox gives one like it, so nothing can be recorded under it.
    package static let none = Lease(token: 0, epoch: 0, expiresAt: .distantPast)

    package init(token: Int64, epoch: Int64, expiresAt: Date) {
        self.token = token
        self.epoch = epoch
        self.expiresAt = expiresAt
    }

    /// Whether both are the same lease, be one of them extended since.
    package func isSame(as other: Lease) -> Bool {
        token == other.token && epoch == other.epoch
    }
}
