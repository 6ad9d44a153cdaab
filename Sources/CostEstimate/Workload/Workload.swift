/// Work for models, as a file describes it, with what a source says it costs.
package struct Workload: Sendable, Hashable {
    package var name: String
    package var description: String?
    /// The one model that the source would use for everything, at the prices it states.
    package var source: PricedModel?
    /// What the source says a day costs in total.
    package var claimed: Claims
    /// The share of the cost that the source says routing saves, in percent.
    package var claimedSaving: ClaimedFigure?
    package var work: [Work]
    /// Other amounts of the same work.
    package var volumes: [Volume]
    /// The file that the work was taken from, when it was another one.
    package var mix: String?

    package init(
        name: String, description: String? = nil, source: PricedModel? = nil, claimed: Claims = Claims(),
        claimedSaving: ClaimedFigure? = nil, work: [Work], volumes: [Volume] = [], mix: String? = nil
    ) {
        self.name = name
        self.description = description
        self.source = source
        self.claimed = claimed
        self.claimedSaving = claimedSaving
        self.work = work
        self.volumes = volumes
        self.mix = mix
    }

    /// Calls on one day, of all kinds of work.
    package var callsPerDay: Int {
        work.reduce(0) { $0 + $1.callsPerDay }
    }
}

/// The whole work of a workload scaled to a number of calls, each kind keeping its share.
package struct Volume: Sendable, Hashable {
    package var callsPerDay: Int
    /// What the source says a month costs.
    package var claimed: Claims

    package init(callsPerDay: Int, claimed: Claims = Claims()) {
        self.callsPerDay = callsPerDay
        self.claimed = claimed
    }
}
