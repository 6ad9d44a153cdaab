package import Foundation

extension JobState {
    /// Until when a waiting job waits.
    package var waitingUntil: Date? {
        guard case .waiting(let until, _) = self else { return nil }
        return until
    }

    /// Why the job waits, is held, was skipped or is dead.
    package var reason: String? {
        switch self {
        case .waiting(_, let reason), .held(let reason), .skipped(let reason), .dead(let reason): reason
        case .ready, .running, .done: nil
        }
    }
}
