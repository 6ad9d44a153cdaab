package import Bellhop
package import InboxCore

/// Where the answers of a rehearsal come from.
package enum RehearsalSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every question is asked, and paid for.
    case models
    /// Every answer is taken from the event's journal; nobody is asked.
    case recorded
}

/// How one handler's rehearsal ended.
package struct RehearsedRun: Sendable, Hashable, Codable {
    package var handlerID: String
    /// The state that the job would have now; `running` for a run that was cut off by the time limit.
    package var state: JobState.Name
    package var reason: String?
    package var effects: [Effect]
    package var calls: [CallRecord]
    /// Known costs of the calls.
    package var cost: USD

    private enum CodingKeys: String, CodingKey {
        case handlerID, state, reason, effects, calls
        case cost = "costNanos"
    }

    package init(
        handlerID: String, state: JobState.Name, reason: String?, effects: [Effect], calls: [CallRecord]
    ) {
        self.handlerID = handlerID
        self.state = state
        self.reason = reason
        self.effects = effects
        self.calls = calls
        cost = calls.map(\.cost).total()
    }
}

/// What came of a rehearsal.
struct Rehearsed: Codable {
    var runs: [RehearsedRun]
}
