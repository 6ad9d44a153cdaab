import Synchronization

/// Counts what is under way.
final class Slots: Sendable {
    private let number: Int
    private let count = Mutex(0)

    /// - Parameter number: how much may be under way at once.
    init(_ number: Int) {
        self.number = number
    }

    var taken: Int { count.withLock { $0 } }
    var free: Int { max(0, number - taken) }

    func take() {
        count.withLock { $0 += 1 }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}
