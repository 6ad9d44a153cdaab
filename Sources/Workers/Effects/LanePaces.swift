import Foundation
import InboxCore

/// How fast each lane goes: how many effects are under way, how many a minute, and whether the receiver needs a rest. A
/// plain value without a clock.
struct LanePaces {
    private var paces: [EffectLane: LanePace] = [:]

    /// How many effects of each lane can be taken now.
    mutating func room(in lanes: [EffectLane: LaneLimits], at now: Date) -> [EffectLane: Int] {
        paces = paces.filter { $0.value.isInUse || lanes[$0.key] != nil }
        var room: [EffectLane: Int] = [:]
        for (lane, limits) in lanes {
            var pace = paces[lane] ?? LanePace(limits, at: now)
            room[lane] = pace.room(limits, at: now)
            paces[lane] = pace
        }
        return room
    }

    /// When the first lane has room again that has none only because of the time; `nil` when there is none.
    func nextRoom(after now: Date) -> Date? {
        paces.values.compactMap { $0.opens(after: now) }.min()
    }

    mutating func began(_ lane: EffectLane) {
        paces[lane]?.began()
    }

    mutating func ended(_ lane: EffectLane, with ending: LanePace.Ending, at now: Date) {
        paces[lane]?.ended(ending, at: now)
    }
}
