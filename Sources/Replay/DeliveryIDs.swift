package import Foundation

/// The ids of one delivery.
package struct DeliveryIDs: Sendable, Hashable {
    /// The same whenever this delivery is sent again.
    package var webhook: UUID
    /// Shared by all deliveries that one action in the shop caused.
    package var event: UUID

    package init(webhook: UUID, event: UUID) {
        self.webhook = webhook
        self.event = event
    }

    /// The next ids of a generator.
    init(using generator: inout SeededGenerator) {
        webhook = UUID(using: &generator)
        event = UUID(using: &generator)
    }

    /// Ids that follow from the sample: a second replay of the same file is a duplicate of the first.
    ///
    /// - Parameters:
    ///   - signature: stands for the bytes of the sample.
    ///   - round: tells the repeats within one replay apart.
    init(of sample: SampleFile, signature: DeliverySignature, round: Int) {
        let text = "\(sample.topic) \(signature.header) \(round)"
        // FNV-1a: these are names, not secrets.
        let seed = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: seed)
        self.init(using: &generator)
    }
}

extension UUID {
    /// A random UUID (version 4).
    init(using generator: inout some RandomNumberGenerator) {
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | 0b10 << 62
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
            UInt8(truncatingIfNeeded: word >> (56 - 8 * index))
        }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
