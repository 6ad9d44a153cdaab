package import Bellhop

/// An effect handed out to be delivered.
package struct EffectClaim: Sendable, Hashable {
    package var id: Int64
    /// What the receiver knows it by; the same in every attempt.
    package var key: String
    package var effect: Effect
    package var shop: Shop
    /// 1 for the first attempt, then one more for each that came to an end.
    package var attempt: Int
    /// Whether an earlier attempt may have arrived: the process ended while it was sending, or nobody answered.
    package var isUncertain: Bool
    package var lease: Lease

    package init(
        id: Int64, key: String, effect: Effect, shop: Shop, attempt: Int, isUncertain: Bool, lease: Lease
    ) {
        self.id = id
        self.key = key
        self.effect = effect
        self.shop = shop
        self.attempt = attempt
        self.isUncertain = isUncertain
        self.lease = lease
    }

    package var lane: EffectLane { EffectLane(of: effect) }
}

/// What a claim asks for.
package struct EffectDemand: Sendable, Hashable {
    /// At most so many altogether.
    package var limit: Int
    /// The kinds that somebody can deliver. The others are left where they are and hold nothing up.
    package var kinds: Set<Effect.Kind>
    /// At most so many of a lane; of a lane that is not named, ``limit``.
    package var room: [EffectLane: Int]

    package init(limit: Int, kinds: Set<Effect.Kind>, room: [EffectLane: Int] = [:]) {
        self.limit = limit
        self.kinds = kinds
        self.room = room
    }

    /// The lanes to look into, and how many to take of each at most: shares of the limit, so that no lane goes short
    /// because another is long. Who begins changes with `turn`.
    package func shares(of lanes: [EffectLane], turn: Int64) -> [(lane: EffectLane, count: Int)] {
        let open = lanes.filter { kinds.contains($0.kind) && room[$0, default: limit] > 0 }
        guard limit > 0, !open.isEmpty else { return [] }
        let start = Int(turn.magnitude % UInt64(open.count))
        let share = max(1, limit / open.count)
        return (open[start...] + open[..<start]).prefix(limit).map { ($0, min(share, room[$0, default: limit])) }
    }
}
