import Bellhop
import Foundation
import InboxCore
import Synchronization

/// The loop meter that all workers share, across changes of the configuration.
package final class LoopGuard: Sendable {
    private let meter = Mutex(LoopMeter())
    private let tell: @Sendable (String) -> Void

    /// - Parameter tell: called with a sentence for people, once each time that the breaker of a resource trips.
    package init(tell: @escaping @Sendable (String) -> Void) {
        self.tell = tell
    }

    func holds(_ claim: Claim, limit: LoopLimit, at now: Date) -> Bool {
        guard let subject = LoopMeter.Subject(claim) else { return false }
        return meter.withLock { $0.isTripped(subject, limit: limit, at: now) }
    }

    func ran(_ claim: Claim, limit: LoopLimit, at now: Date) {
        guard let subject = LoopMeter.Subject(claim) else { return }
        guard meter.withLock({ $0.ran(subject, limit: limit, at: now) }) else { return }
        tell(
            "\(subject.handlerID) looks like part of a loop: \(limit.words) for \(subject.resource) of "
                + "\(subject.shop.domain) wanted effects. Further events of it are held; see whether the handler answers to "
                + "its own changes")
    }
}

extension LoopMeter.Subject {
    /// - Returns: `nil` when it cannot be told what the event is about.
    fileprivate init?(_ claim: Claim) {
        guard let resource = claim.delivery.resource else { return nil }
        self.init(shop: claim.delivery.shop, resource: resource, handlerID: claim.handlerID)
    }
}

extension LoopLimit {
    /// For example `10 runs in 10 minutes`.
    var words: String {
        let seconds = Int(window / .seconds(1))
        let time = seconds % 60 == 0 ? "\(seconds / 60) minutes" : "\(seconds) seconds"
        return "\(runs) runs in \(time)"
    }
}
