import Synchronization

/// What goes wrong at the moment. The rules can be replaced while the server runs, to begin and to end an outage.
package final class FaultSwitch: Sendable {
    private let schedule: Mutex<FaultSchedule>

    package init(_ rules: [FaultRule] = []) {
        schedule = Mutex(FaultSchedule(rules))
    }

    /// From now on these rules apply, none of them used up. Answers under way are not changed.
    package func replace(with rules: [FaultRule]) {
        schedule.withLock { $0 = FaultSchedule(rules) }
    }

    func next(for request: CompletionRequest) -> Fault? {
        schedule.withLock { $0.next(for: request) }
    }
}
