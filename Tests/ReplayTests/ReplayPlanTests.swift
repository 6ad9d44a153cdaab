import Bellhop
import Cryptography
import Foundation
import Replay
import Testing

struct ReplayPlanTests {
    @Test(arguments: [
        (1, 0.0, 0.0), (3, 0.0, 0.0), (50, 0.1, 0.0), (50, 0.0, 0.05), (50, 0.3, 0.25), (10, 1.0, 0.0), (10, 0.0, 1.0),
        (10, 1.0, 1.0), (0, 0.5, 0.5),
    ])
    func yieldsExactlyWhatItAnnounces(repeats: Int, duplicates: Double, forgeries: Double) throws {
        let plan = try plan(repeats: repeats, duplicates: duplicates, forgeries: forgeries)
        let deliveries = Array(try plan.deliveries())
        #expect(deliveries.count == plan.total)
        #expect(deliveries.count { $0.kind == .forged } == plan.forgedCount)
        #expect(deliveries.count { $0.kind == .duplicate } == plan.duplicateCount)
        #expect(deliveries.count { $0.kind == .genuine } == 2 * repeats - plan.forgedCount)
        #expect(Set(deliveries.map(\.ids.webhook)).count == 2 * repeats)
    }

    @Test func sharesAreOfTheDeliveriesTheyConcern() throws {
        let plan = try plan(repeats: 50, duplicates: 0.2, forgeries: 0.1)
        #expect(plan.forgedCount == 10)
        #expect(plan.duplicateCount == 18)
        #expect(plan.total == 118)
    }

    @Test func absurdSharesAndRepeatsAreBounded() throws {
        let plan = try plan(repeats: 3, duplicates: 9, forgeries: -1)
        #expect(plan.total == 12)
        #expect(try Self.count(samples: [], repeats: 5) == 0)
        #expect(try Self.count(samples: [sample("one")], repeats: -5) == 0)
    }

    @Test func aDuplicateFollowsItsOriginalAndIsTheSame() throws {
        let deliveries = Array(try plan(repeats: 20, duplicates: 0.5).deliveries())
        for (first, second) in zip(deliveries, deliveries.dropFirst()) where second.kind == .duplicate {
            #expect(first.kind == .genuine)
            #expect(first.ids == second.ids)
            #expect(first.body == second.body)
            #expect(first.headers.map(\.value) == second.headers.map(\.value))
        }
        #expect(deliveries.contains { $0.kind == .duplicate })
    }

    @Test func theSameSeedGivesTheSameDeliveries() throws {
        func trace(_ seed: UInt64) throws -> [String] {
            try plan(repeats: 30, duplicates: 0.3, forgeries: 0.2, seed: seed).deliveries().map {
                "\($0.kind) \($0.topic) \($0.ids)"
            }
        }
        #expect(try trace(1) == trace(1))
        #expect(try trace(1) != trace(2))
    }

    @Test func stableIDsFollowFromTheFile() throws {
        func ids(_ samples: [SampleFile], seed: UInt64) throws -> [DeliveryIDs] {
            try plan(samples: samples, repeats: 2, ids: .stable, seed: seed).deliveries().map(\.ids)
        }
        let first = try ids([sample("one"), sample("two")], seed: 1)
        #expect(try ids([sample("one"), sample("two")], seed: 2) == first)
        #expect(Set(first.map(\.webhook)).count == 4)
        #expect(Set(first.map(\.event)).isDisjoint(with: first.map(\.webhook)))
        let changed = try ids([sample("one", body: "{}"), sample("two", topic: "orders/paid")], seed: 1)
        #expect(Set(changed.map(\.webhook)).isDisjoint(with: first.map(\.webhook)))
    }

    @Test func idsHaveTheFormOfUUIDs() throws {
        for delivery in try plan(repeats: 100).deliveries() {
            let bytes = delivery.ids.webhook.uuid
            #expect(bytes.6 >> 4 == 4)
            #expect(bytes.8 >> 6 == 0b10)
        }
    }

    @Test func aMillionDeliveriesAreMadeOneByOne() throws {
        var deliveries = try plan(repeats: 1_000_000).deliveries()
        #expect(deliveries.next() != nil)
    }

    private static func count(samples: [SampleFile], repeats: Int) throws -> Int {
        Array(try plan(samples: samples, repeats: repeats, duplicates: 0.5, forgeries: 0.5).deliveries()).count
    }
}
