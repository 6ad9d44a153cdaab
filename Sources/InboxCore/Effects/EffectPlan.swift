package import Bellhop

/// What becomes of a job's effects when its handler has finished, for the first time or again.
///
/// An effect that happened, may have happened or is about to is not planned a second time: a new one equal to it is
/// taken to be that one. What was planned and is not wanted any more, or failed, is given up. Everything else is new
/// and gets a position that was never used before, so that a key never stands for two things.
package struct EffectPlan: Sendable, Hashable {
    /// An effect that an earlier run planned.
    package struct Earlier: Sendable, Hashable {
        package var position: Int
        /// `nil` when what is stored cannot be read.
        package var effect: Effect?
        package var state: EffectState.Name
        /// Whether an attempt may have arrived though nobody knows.
        package var mayHaveArrived: Bool

        package init(position: Int, effect: Effect?, record: EffectRecord) {
            self.position = position
            self.effect = effect
            state = record.state.name
            mayHaveArrived = record.mayHaveArrived
        }
    }

    package struct New: Sendable, Hashable {
        package var position: Int
        package var effect: Effect
    }

    /// The positions of those that are given up.
    package private(set) var replaced: [Int] = []
    package private(set) var new: [New] = []
    /// Whether something is wanted that may be what an earlier effect did that cannot be read. Nobody can tell whether
    /// it would happen twice, so the plan must not be carried out.
    package private(set) var mayRepeat = false

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
        mayRepeat = !missing.isEmpty && left.contains(where: \.mayBeAnything)
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

    /// Whether it may have happened, and nobody can tell what it was.
    fileprivate var mayBeAnything: Bool {
        guard effect == nil else { return false }
        switch state {
        case .done, .sending, .unknown: return true
        case .planned: return mayHaveArrived
        case .failed, .dropped: return false
        }
    }
}
