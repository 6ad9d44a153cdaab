import Bellhop
import InboxCore
import ModelClient

/// What the questions of one run have used so far.
struct EventTally: Sendable {
    /// In order.
    private(set) var calls: [CallRecord] = []
    /// Requests sent, whatever came of them.
    private(set) var requests = 0
    /// What counts against the event's spend limit, with what earlier runs were charged.
    private(set) var spent: USD

    init(spent: USD = .zero) {
        self.spent = spent
    }

    mutating func add(_ call: CallRecord, charged: USD) {
        calls.append(call)
        requests += call.attempts.count
        spent += charged
    }

    /// What is left of a limit; never negative.
    func remaining(of limit: USD) -> USD {
        max(.zero, limit - spent)
    }

    /// Whether coming again costs nothing that was paid for already.
    ///
    /// An accepted answer is in the journal: the next run does not pay for it. What was paid without one is paid again,
    /// and so is a question that is another one each time, which shows in the second run.
    var isCheapToRepeat: Bool {
        calls.allSatisfy { call in
            let isKept = call.model != nil && call.journal != .changed && call.journal != .outdated
            return isKept || call.cost == .zero && call.unknownCosts == 0
        }
    }
}
