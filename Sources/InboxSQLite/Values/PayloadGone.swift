import InboxCore

/// Why a delivery has no payload any more: the values of `deliveries.gone`.
enum PayloadGone: String, Error, Sendable {
    /// Somebody had the right to have it erased.
    case erased
    /// It had been kept for as long as the configuration says.
    case expired

    /// What is true of jobs that can still run, in SQL with the columns of `deliveries`. A request for erasure goes on
    /// without its own payload.
    static let canRun = "(deliveries.gone IS NULL OR handler = '\(PrivacyHandler.id)')"

    /// In the place of a reason that is stored with a job.
    var reason: String {
        switch self {
        case .erased: "erased on request"
        case .expired: "the payload was deleted when its time was over"
        }
    }
}

extension InboxError {
    /// A delivery that nothing can be run on any more.
    static func gone(_ why: PayloadGone) -> InboxError {
        InboxError(.conflict, "nothing is left of this delivery's payload: \(why.reason); it cannot run again")
    }
}
