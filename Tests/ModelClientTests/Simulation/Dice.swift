import Synchronization
import TestSupport

/// Random numbers that are the same for the same seed, shared by all that throw them.
final class Dice: Sendable {
    private let generator: Mutex<SplitMix64>

    init(seed: UInt64) {
        generator = Mutex(SplitMix64(seed: seed))
    }

    func next() -> UInt64 {
        generator.withLock { $0.next() }
    }

    /// From 0 to 1.
    func share() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    func happens(_ probability: Double) -> Bool {
        share() < probability
    }

    func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(next() % UInt64(elements.count))]
    }
}
