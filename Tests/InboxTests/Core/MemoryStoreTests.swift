import Foundation
import InboxCore
import TestSupport
import Testing

/// What is done to jobs from outside their runs: the others of their lanes go on.
struct MemoryStoreTests {
    private var store = MemoryStore(randomness: SplitMix64(seed: 1))

    init() throws {
        for number in 1...4 {
            _ = store.accept(
                try Sample.delivery("w\(number)", resource: "Order/1"), handlers: ["orders"], holdReason: nil)
        }
    }

    private mutating func claimed() -> [String] {
        let claims: [Claim] = store.claim(limit: 9, now: Sample.time(1), leaseFor: .seconds(60))
        return claims.map(\.delivery.webhookID)
    }

    @Test mutating func holdingTheHeadLetsTheNextGo() {
        #expect(store.hold(1, because: "gone", at: Sample.start) == true)
        #expect(claimed() == ["w2"])
        #expect(store.hold(2, because: "gone", at: Sample.start) == false)
        #expect(store.hold(1, because: "gone", at: Sample.start) == false)
    }

    @Test mutating func holdingSomeOfALaneOneAfterTheOtherLeavesNobodyBehindNobody() {
        for id in [1, 2, 3] as [Int64] { #expect(store.hold(id, because: "gone", at: Sample.start) == true) }
        #expect(claimed() == ["w4"])
    }

    @Test mutating func skippingARunningJobVoidsItsLeaseAndLetsTheNextGo() throws {
        let claims: [Claim] = store.claim(limit: 9, now: Sample.time(1), leaseFor: .seconds(60))
        let claim = try #require(claims.first)
        store.skip(claim.jobID, because: "erased", at: Sample.time(2))
        #expect(store.finish(claim, with: Sample.result(.done(effects: []))) == false)
        #expect(store.counts().jobs == [.skipped: 1, .ready: 3])
        #expect(claimed() == ["w2"])
    }
}
