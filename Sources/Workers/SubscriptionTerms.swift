package import Bellhop

/// What a subscription says of how its handler runs, beside the handler's settings.
package struct SubscriptionTerms: Sendable {
    /// A model that is asked first, whatever the routing matrix says.
    package var modelOverride: String?
    /// Taken out of prompts beside what the handler declares.
    package var redact: Set<PersonalData>
    /// Holds beside the handler's own.
    package var dataPolicy: DataPolicy
    /// 0 to 9; when requests wait in line, the highest goes first.
    package var priority: Int
    /// For how long an event may wait so that later versions of its resource take its place; `nil` runs every one.
    package var coalescing: Duration?
    /// Whether events that are older than one received before are skipped.
    package var skipsStale: Bool
    /// Whose costs these are, if the subscription says so.
    package var team: String?
    /// What tells an echo of our own write; `nil` runs every event.
    package var echoGuard: EchoGuard?
    package var loopLimit: LoopLimit

    package init(
        modelOverride: String? = nil, redact: Set<PersonalData> = [], dataPolicy: DataPolicy = .open,
        priority: Int = 5, coalescing: Duration? = nil, skipsStale: Bool = false, team: String? = nil,
        echoGuard: EchoGuard? = nil, loopLimit: LoopLimit = LoopLimit()
    ) {
        self.modelOverride = modelOverride
        self.redact = redact
        self.dataPolicy = dataPolicy
        self.priority = min(max(0, priority), 9)
        self.coalescing = coalescing
        self.skipsStale = skipsStale
        self.team = team
        self.echoGuard = echoGuard
        self.loopLimit = loopLimit
    }
}
