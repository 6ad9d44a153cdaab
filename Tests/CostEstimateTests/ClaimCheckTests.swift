import CostEstimate
import Foundation
import Testing
import Vocabulary

struct ClaimCheckTests {
    private func check(_ workload: Workload, _ plan: Plan) throws -> ClaimCheck {
        try #require(ClaimCheck(of: workload, plan: plan))
    }

    @Test func `three of the four rows on one model follow, the fourth with 2,000 calls`() throws {
        let single = try check(shop(), .single)
        #expect(single.rows.map(\.computed) == (try ["17.28", "5.40", "5.40", "4.32"].map(dollars)))
        #expect(single.rows.map(\.follows) == [false, true, true, true])
        #expect(single.rows[0].fits.map(\.hypothesis) == [.calls(2000)])
        #expect(single.rows[0].fits.map(\.perDay) == [try dollars("14.40")])
        #expect(single.rows.dropFirst().allSatisfy { $0.fits.isEmpty })
        #expect(single.computed == (try dollars("32.40")))
        #expect(single.sumOfClaims == (try number("29.52")))
        #expect(single.claimedTotal == (try claim("29.52")))
    }

    @Test func `the routed rows follow at the input price alone, or at another model's prices`() throws {
        let routed = try check(shop(), .routed)
        #expect(routed.rows.map(\.computed) == (try ["0.4032", "0.1125", "5.40", "0.1008"].map(dollars)))
        #expect(routed.rows.map(\.follows) == [false, false, true, false])
        let gemini = try model("Gemini Flash", "0.075", "0.30")
        #expect(
            routed.rows.map { $0.fits.map(\.hypothesis) } == [
                [.promptPriceAlone, .calls(1600)], [.promptPriceAlone, .calls(200)], [],
                [.pricesOf(gemini), .calls(700)],
            ])
        let first = routed.rows.compactMap(\.fits.first?.perDay)
        #expect(first == (try ["0.2688", "0.045", "0.09"].map(dollars)))
        #expect(routed.computed == (try dollars("6.0165")))
        #expect(routed.sumOfClaims == (try number("5.81")))
    }

    @Test func `work without a model of its own stays on the source's single model`() throws {
        #expect(try check(shop(), .routed).rows[2].model.name == "Sonnet")
    }

    /// A source with one model at 1 and 3 dollars a million, and one claim about 1,000 calls of 900 in and 100 out:
    /// 0.0012 a call.
    private func fits(_ claimed: String) throws -> [Hypothesis] {
        try fits(claim(claimed))
    }

    private func fits(_ claimed: ClaimedFigure) throws -> [Hypothesis] {
        var asked = work("asked", calls: 1000, tokens: 2, claimed: Claims(single: claimed))
        asked.tokens = TokensPerCall(prompt: 900, completion: 100)
        return try check(Workload(name: "x", source: model("m", "1", "3"), work: [asked]), .single)
            .rows[0].fits.map(\.hypothesis)
    }

    @Test(
        arguments: [
            ("1.200", []), ("1.000", [.promptPriceAlone]), ("3.000", [.completionPriceAlone, .calls(2500)]),
            // 500 × 1 + 500 × 3 = 0.002 a call.
            ("2.000", [.evenSplit]), ("0.600", [.calls(500)]), ("0.144", [.calls(120)]),
            // 12,000 calls are more than ten times those stated, and 1,234 calls are not round.
            ("14.400", []), ("1.4808", []),
        ] as [(String, [Hypothesis])])
    func `each hypothesis is found, and none where nothing simple fits`(claimed: String, found: [Hypothesis]) throws {
        #expect(try fits(claimed) == found)
    }

    @Test func `the roundest number of calls wins, and among equals the nearest`() throws {
        // 1.05 to 1.15 dollars are 875 to 958 calls: 900 has one digit, 950 has two and is nearer to 1,000.
        #expect(try fits("1.1") == [.calls(900)])
        // 4.5 to 5.5 dollars are 3,750 to 4,583 calls.
        #expect(try fits("5") == [.calls(4000)])
        // 7.5 to 8.5 dollars are 6,250 to 7,083 calls; up to 13.5 dollars there are several with one digit.
        #expect(try fits("8") == [.calls(7000)])
        let coarse = try ClaimedFigure(number("10"), decimals: -1)
        #expect(try fits(coarse) == [.calls(5000)])
    }

    @Test func `a source that says nothing about a plan has no claims to check`() throws {
        let silent = Workload(name: "x", source: try model("m", "1", "3"), work: [work("w", calls: 1, tokens: 2)])
        #expect(ClaimCheck(of: silent, plan: .single) == nil)
        #expect(ClaimCheck(of: silent, plan: .routed) == nil)
    }

    @Test func `without the claim of a row there is no sum of claims`() throws {
        var workload = try shop()
        workload.work[1].claimed = Claims()
        let single = try check(workload, .single)
        #expect(single.sumOfClaims == nil)
        #expect(single.rows[1].follows == nil)
        #expect(single.claimedDay == (try number("29.52")))
        workload.claimed = Claims()
        #expect(try check(workload, .single).claimedDay == nil)
    }

    @Test func `the saving follows from the claims, and comes out higher from the prices`() throws {
        let estimate = try Estimate(of: shop(), at: configuration())
        let saving = try #require(estimate.saving)
        // 1 - 5.81 / 29.52 = 0.80318… and 1 - 6.0165 / 32.40 = 0.81430…
        #expect(saving.fromClaims?.rounded(decimals: 2) == (try number("80.32")))
        #expect(saving.fromPrices?.rounded(decimals: 2) == (try number("81.43")))
        #expect(saving.claimed == (try claim("80")))
    }
}
