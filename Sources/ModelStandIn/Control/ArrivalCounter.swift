import Synchronization

/// Counts the requests for completions as they arrive, whatever becomes of them.
package final class ArrivalCounter: Sendable {
    private let state = Mutex(Arrivals())

    package init() {}

    /// How many have arrived until now. Keep it to ask later what came since.
    package var arrivals: Arrivals {
        state.withLock { $0 }
    }

    func count(_ model: String) {
        state.withLock { $0.count(model) }
    }
}

/// How many requests arrived for each model.
package struct Arrivals: Sendable, Hashable {
    private var byModel: [String: Int] = [:]

    /// Model ids come from outside: beyond this many they are only part of the total.
    private static let mostModels = 1_000

    /// All of them, also those that could not be read or came without the right key.
    package private(set) var total = 0

    /// Those for one model.
    package subscript(model: String) -> Int {
        byModel[model] ?? 0
    }

    /// Those that came after an earlier moment.
    package func since(_ earlier: Arrivals) -> Arrivals {
        var later = self
        later.total -= earlier.total
        later.byModel.merge(earlier.byModel) { $0 - $1 }
        return later
    }

    mutating func count(_ model: String) {
        total += 1
        guard !model.isEmpty, byModel[model] != nil || byModel.count < Self.mostModels else { return }
        byModel[model, default: 0] += 1
    }
}
