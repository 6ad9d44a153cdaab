package import Foundation

/// Makes ids that sort by the time of their making (UUID version 7, RFC 9562).
///
/// Time and randomness come from the caller. Ids of one generator always grow, even when the clock steps back.
package struct UUIDv7Generator<Randomness: RandomNumberGenerator> {
    private var randomness: Randomness
    /// Milliseconds since 1970 of the last id, 48 bits.
    private var milliseconds: UInt64 = 0
    /// Position of the last id within its millisecond, 12 bits.
    private var counter: UInt64 = 0

    package init(randomness: Randomness) {
        self.randomness = randomness
    }

    package mutating func next(at now: Date) -> UUID {
        advance(to: Self.milliseconds(of: now))
        let high = milliseconds << 16 | 0x7000 | counter
        let low = 0x8000_0000_0000_0000 | (randomness.next() >> 2)
        return UUID(high: high, low: low)
    }

    private mutating func advance(to now: UInt64) {
        if now > milliseconds {
            milliseconds = now
            // Starting in the lower half leaves room to count up within the millisecond.
            counter = randomness.next() & 0x7FF
        } else if counter < 0xFFF {
            counter += 1
        } else {
            milliseconds += 1
            counter = 0
        }
    }

    private static func milliseconds(of date: Date) -> UInt64 {
        let milliseconds = date.timeIntervalSince1970 * 1000
        guard milliseconds > 0 else { return 0 }
        // Leaves the top of the 48 bits free, so that counting on from an absurd date cannot overflow them.
        return UInt64(min(milliseconds, 0x7FFF_FFFF_FFFF))
    }
}

extension UUIDv7Generator: Sendable where Randomness: Sendable {}

extension UUID {
    fileprivate init(high: UInt64, low: UInt64) {
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3),
                byte(high, 4), byte(high, 5), byte(high, 6), byte(high, 7),
                byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }

    /// The form in which a delivery's id is shown and compared: lower case.
    package var deliveryID: String { uuidString.lowercased() }
}
