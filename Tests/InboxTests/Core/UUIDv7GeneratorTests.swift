import Foundation
import InboxCore
import Testing

struct UUIDv7GeneratorTests {
    /// Gives the same number again and again.
    private struct Fixed: RandomNumberGenerator {
        var value: UInt64
        mutating func next() -> UInt64 { value }
    }

    private let noon = Date(timeIntervalSince1970: 1_800_000_000.123)

    @Test func carriesTimeVersionAndVariant() {
        var generator = UUIDv7Generator(randomness: Fixed(value: 0x0123_4567_89AB_CDEF))
        // 1,800,000,000,123 ms is 0x1A3185C507B; the counter starts at the low 11 bits of the random number.
        #expect(generator.next(at: noon).deliveryID == "01a3185c-507b-75ef-8048-d159e26af37b")
    }

    @Test(arguments: [UInt64.min, .max])
    func growsWithinAMillisecondAndPastItsCounter(random: UInt64) {
        var generator = UUIDv7Generator(randomness: Fixed(value: random))
        let ids = (0..<10_000).map { _ in generator.next(at: noon).deliveryID }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.dropFirst(14).first == "7" })
    }

    @Test func growsWhenTheClockStepsBack() {
        var generator = UUIDv7Generator(randomness: SystemRandomNumberGenerator())
        let before = generator.next(at: noon).deliveryID
        #expect(generator.next(at: noon - 3600).deliveryID > before)
    }

    @Test(arguments: [-1, 1e300, -.infinity, .infinity, .nan])
    func takesAnyDate(seconds: Double) {
        var generator = UUIDv7Generator(randomness: SystemRandomNumberGenerator())
        let first = generator.next(at: Date(timeIntervalSince1970: seconds)).deliveryID
        #expect(generator.next(at: Date(timeIntervalSince1970: seconds)).deliveryID > first)
    }
}
