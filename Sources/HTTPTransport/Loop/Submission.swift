import HTTPCore
import Synchronization

/// A request on its way to the curl thread.
struct Submission: Sendable {
    let ticket: Ticket
    let request: PreparedRequest
    let handedOver: ContinuousClock.Instant
    /// Told by the curl thread alone, once; by `Mailbox` when that thread no longer takes anything.
    let receiver: Receiver

    /// When the whole exchange is given up.
    var deadline: ContinuousClock.Instant {
        handedOver + request.limits.total
    }
}

/// Names one request, and knows whether its caller has lost interest.
///
/// A cancellation can overtake the request it belongs to; the flag is what remains of it then.
final class Ticket: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool {
        flag.load(ordering: .acquiring)
    }

    func cancel() {
        flag.store(true, ordering: .releasing)
    }

    var id: ObjectIdentifier {
        ObjectIdentifier(self)
    }
}
