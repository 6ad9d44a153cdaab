package import Foundation

/// What a handler would find different in each run for an event if it looked for itself, and so gets from its
/// ``Context``: the same for every run.
package struct RunConstants: Sendable, Hashable {
    /// When the handler first began the event.
    package let now: Date
    private let seed: UInt64

    /// - Parameter seed: begins the random numbers.
    package init(now: Date, seed: UInt64) {
        self.now = now
        self.seed = seed
    }

    /// Of one handler's work on one event: each such pair has random numbers of its own.
    package init(now: Date, eventID: String, handlerID: String) {
        self.init(now: now, seed: "\(eventID)/\(handlerID)".utf8.hashed(from: 0xCBF2_9CE4_8422_2325))
    }

    func randomness(for purpose: String) -> RepeatableNumbers {
        RepeatableNumbers(seed: purpose.utf8.hashed(from: seed))
    }
}

extension String.UTF8View {
    /// FNV-1a. Swift's own hashes differ in each process.
    fileprivate func hashed(from basis: UInt64) -> UInt64 {
        reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
