package import Foundation

/// Where one effect stands.
///
/// ```
/// planned ──claim──▶ sending ──▶ done        the receiver has it, for certain
///    ▲                 │  ├────▶ failed      it did not happen, and will not by itself
///    └──(a pause)──────┘  └────▶ unknown     nobody knows; a person has to look
/// ```
/// A person can send a failed or unknown one again, mark it as done, or drop it.
package enum EffectState: Sendable, Hashable {
    /// To be sent: at once, or from a moment on. The reason says why an earlier attempt did not get through.
    case planned(due: Date?, reason: String?)
    /// Under way under a lease.
    case sending(lease: Lease)
    case done(at: Date)
    /// It did not happen.
    case failed(at: Date, reason: String)
    /// It may have happened or not, and it must not happen twice.
    case unknown(at: Date, reason: String)
    /// It is not wanted any more: a person said so, or the event ran again and did not want it.
    case dropped(at: Date, reason: String)

    package enum Name: String, Sendable, Hashable, Codable, CaseIterable {
        case planned, sending, done, failed, unknown, dropped

        /// Whether later effects of the same job wait for one in this state.
        package var holdsUpLater: Bool {
            switch self {
            case .planned, .sending, .failed, .unknown: true
            case .done, .dropped: false
            }
        }
    }

    package var name: Name {
        switch self {
        case .planned: .planned
        case .sending: .sending
        case .done: .done
        case .failed: .failed
        case .unknown: .unknown
        case .dropped: .dropped
        }
    }

    /// When it came to rest; `nil` while it still moves.
    package var endedAt: Date? {
        switch self {
        case .planned, .sending: nil
        case .done(let at), .failed(let at, _), .unknown(let at, _), .dropped(let at, _): at
        }
    }

    package var reason: String? {
        switch self {
        case .sending, .done: nil
        case .planned(_, let reason): reason
        case .failed(_, let reason), .unknown(_, let reason), .dropped(_, let reason): reason
        }
    }
}
