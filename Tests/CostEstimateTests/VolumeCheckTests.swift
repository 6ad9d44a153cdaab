import CostEstimate
import Foundation
import Testing
import Vocabulary

struct VolumeCheckTests {
    private func checks(_ workload: Workload, days: Int = 30) throws -> [VolumeCheck] {
        try Estimate(of: workload, at: configuration(), daysOfAMonth: days).volumes
    }

    @Test func `the four months on one model are one cost of a call`() throws {
        let single = try #require(checks(shop()).first)
        #expect(single.plan == .single)
        #expect(single.commonCostOfACall == (try number("0.007333")))
        let each = single.rows.map { $0.claimedCostOfACall(days: 30).rounded(decimals: 6) }
        #expect(each == Array(repeating: try number("0.007333"), count: 4))
    }

    @Test func `they follow from the day's claim with two significant digits, not from its prices`() throws {
        let single = try #require(checks(shop()).first)
        let claimed = try #require(single.bases.first)
        #expect(claimed.origin == .claimedDay)
        // 29.52 / 4,000 = 0.00738, times 30 days.
        #expect(claimed.months == (try ["110.70", "442.80", "2214", "11070"].map(number)))
        #expect(claimed.costOfACall == (try number("0.00738")))
        #expect(!claimed.follows)
        #expect(claimed.fits == [.monthRounded(digits: 2)])
        let priced = try #require(single.bases.last)
        #expect(priced.origin == .statedPrices)
        // 32.40 / 4,000 = 0.0081.
        #expect(priced.months == (try ["121.50", "486", "2430", "12150"].map(number)))
        #expect(!priced.follows && priced.fits.isEmpty)
    }

    @Test func `the routed months follow with the cost of a call rounded to three digits`() throws {
        let routed = try #require(checks(shop()).last)
        #expect(routed.commonCostOfACall == (try number("0.00145")))
        let claimed = try #require(routed.bases.first)
        #expect(claimed.months == (try ["21.7875", "87.15", "435.75", "2178.75"].map(number)))
        #expect(
            claimed.fits == [
                .callRounded(digits: 3, to: try number("0.00145")), .multiplesOfMonth(callsPerDay: 2000),
            ])
    }

    @Test func `months that contradict each other have no common cost`() throws {
        var workload = try shop()
        workload.volumes[3].claimed.single = try claim("12000")
        let single = try #require(checks(workload).first)
        #expect(single.commonCostOfACall == nil)
        #expect(single.bases.allSatisfy { !$0.follows && $0.fits.isEmpty })
    }

    @Test func `one claim agrees with itself, however small the cost of a call`() throws {
        var workload = try shop()
        workload.volumes = [
            Volume(callsPerDay: 100_000_000, claimed: Claims(single: try claim("0.000000007")))
        ]
        let single = try #require(checks(workload).first)
        // 7e-9 over 3e9 calls.
        let cost = try #require(single.commonCostOfACall)
        #expect(cost > 0 && single.rows[0].claimed.isMet(by: cost * 3_000_000_000))
    }

    @Test func `a month of other days is found`() throws {
        var workload = try shop()
        // 0.00738 a call, 31 days: 114.39 for 500 calls.
        workload.volumes = [Volume(callsPerDay: 500, claimed: Claims(single: try claim("114.39")))]
        let single = try #require(checks(workload).first)
        #expect(single.bases.first?.fits == [.days(31)])
        let longer = try #require(checks(workload, days: 31).first?.bases.first)
        #expect(longer.follows && longer.fits.isEmpty)
    }

    @Test func `without a day's claim only the prices are a basis`() throws {
        var workload = try shop()
        workload.claimed = Claims()
        for index in workload.work.indices { workload.work[index].claimed = Claims() }
        #expect(try checks(workload).flatMap { $0.bases.map(\.origin) } == [.statedPrices, .statedPrices])
    }

    @Test func `volumes without claims have nothing to check`() throws {
        var workload = try shop()
        workload.volumes = [Volume(callsPerDay: 500)]
        #expect(try checks(workload).isEmpty)
    }

    @Test func `a claim of nothing is checked without a division by zero`() throws {
        var workload = try shop()
        workload.volumes = [Volume(callsPerDay: 1, claimed: Claims(single: try claim("0")))]
        let single = try #require(checks(workload).first)
        #expect(single.commonCostOfACall == 0)
        #expect(single.bases.first?.follows == true)
    }
}
