package import Bellhop

/// What becomes of a job's effects when its handler has finished, for the first time or again.
///
/// An effect that happened, may have happened or is about to is not planned a second time: a new one equal to it is taken
/// to be that one. What was planned and is not wanted any more, or failed, is given up. Everything else is new and gets a
/// position that was never used before, so that a key never stands for two things.
package struct EffectPlan: Sendable, Hashable {
    /// An effect that an earlier run planned.
    package struct Earlier: Sendable, Hashable {
        package var position: Int
        /// `nil` when what is stored cannot be read.
        package var effect: Effect?
        package var state: EffectState.Name

        package init(position: Int, effect: Effect?, state: EffectState.Name) {
            self.position = position
            self.effect = effect
            self.state = state
        }
    }

    package struct New: Sendable, Hashable {
        package var position: Int
        package var effect: Effect
    }

    /// The positions of those that are given up.
    package private(set) var replaced: [Int] = []
    package private(set) var new: [New] = []

    package init(wanted: [Effect], earlier: [Earlier]) {
        var left = earlier
        var missing: [Effect] = []
        for effect in wanted {
            if let match = left.firstIndex(where: { $0.effect == effect && $0.isTakenUp }) {
                left.remove(at: match)
            } else {
                missing.append(effect)
            }
        }
        replaced = left.filter { $0.state == .planned || $0.state == .failed }.map(\.position)
        let next = (earlier.map(\.position).max() ?? -1) + 1
        new = missing.enumerated().map { New(position: next + $0, effect: $1) }
    }
}

extension EffectPlan.Earlier {
    /// Whether an equal effect of the new run is this one.
    fileprivate var isTakenUp: Bool {
        switch state {
        case .done, .sending, .unknown, .planned: true
        case .failed, .dropped: false
        }
    }
}
