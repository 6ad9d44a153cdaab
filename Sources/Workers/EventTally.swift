import Bellhop
import InboxCore
import ModelClient

/// What the questions of one event have used so far.
struct EventTally: Sendable {
    private(set) var calls: [CallRecord] = []
    /// Requests sent, whatever came of them.
    private(set) var requests = 0
    private(set) var spent: USD = .zero

    mutating func add(_ call: CallRecord, charged: USD) {
        calls.append(call)
        requests += call.attempts.count
        spent += charged
    }

    /// What is left of a limit; never negative.
    func remaining(of limit: USD) -> USD {
        max(.zero, limit - spent)
    }
}
