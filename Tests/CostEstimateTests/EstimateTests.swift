import CostEstimate
import Foundation
import ModelClient
import Testing
import Vocabulary

struct EstimateTests {
    @Test func `routes each kind of work by the matrix and compares with the premium model`() throws {
        let estimate = try Estimate(of: shop(), at: configuration())
        #expect(estimate.comparison.single.name == "premium")
        #expect(estimate.comparison.rows.map(\.model.name) == ["cheap", "cheap", "writer", "cheap"])
        // Half in, half out: 0.25 dollars a million on the cheap model, 1.00 on the writer, 9 on the premium one.
        #expect(estimate.comparison.rows.map(\.perDay.routed) == (try ["0.48", "0.15", "0.60", "0.12"].map(dollars)))
        #expect(estimate.comparison.rows.map(\.perDay.single) == (try ["17.28", "5.40", "5.40", "4.32"].map(dollars)))
    }

    @Test func `totals are the exact sums of the rows, and spans are whole multiples`() throws {
        let estimate = try Estimate(of: shop(), at: configuration())
        #expect(estimate.perDay == Amounts(single: try dollars("32.40"), routed: try dollars("1.35")))
        #expect(estimate.perMonth == Amounts(single: try dollars("972"), routed: try dollars("40.50")))
        #expect(estimate.perYear == Amounts(single: try dollars("11826"), routed: try dollars("492.75")))
        let short = try Estimate(of: shop(), at: configuration(), daysOfAMonth: 28)
        #expect(short.perMonth.routed == (try dollars("37.80")))
        #expect(short.perYear == estimate.perYear)
    }

    @Test func `a volume keeps the shares of the work`() throws {
        let estimate = try Estimate(of: shop(), at: configuration())
        // An eighth of 4,000 calls.
        let month = estimate.perMonth(Volume(callsPerDay: 500))
        #expect(month == Amounts(single: try dollars("121.50"), routed: try dollars("5.0625")))
    }

    @Test func `savings are in percent of the one model, negative when routing costs more`() throws {
        #expect(Amounts(single: .cents(400), routed: .cents(100)).savedPercent == 75)
        #expect(Amounts(single: .cents(100), routed: .cents(150)).savedPercent == -50)
        #expect(Amounts(single: .zero, routed: .zero).savedPercent == nil)
    }

    @Test func `hard questions go where the matrix lifts them`() throws {
        var workload = try shop()
        workload.work[0].routing.complexity = .high
        let estimate = try Estimate(of: workload, at: configuration())
        #expect(estimate.comparison.rows[0].model.name == "premium")
        #expect(estimate.comparison.rows[0].perDay.saved == .zero)
    }

    @Test func `the one model can be named, by an alias too`() throws {
        #expect(try Estimate(of: shop(), at: configuration(), single: "writer").comparison.single.name == "writer")
        #expect(
            try Estimate(of: shop(), at: configuration(premium: nil), single: "best").comparison.single.name
                == "premium")
    }

    @Test func `a model without a price is named, as the one model and as a routed one`() throws {
        #expect(throws: EstimateError.withoutPrice("secretive")) {
            try Estimate(of: shop(), at: configuration(), single: "secretive")
        }
        var workload = try shop()
        workload.work[1].routing.task = "mystery"
        #expect(throws: EstimateError.withoutPrice("secretive")) { try Estimate(of: workload, at: configuration()) }
        #expect(EstimateError.withoutPrice("secretive").description.contains("model \"secretive\" has no price"))
    }

    @Test func `a model that is not there is answered with the one that was meant`() throws {
        let error = #expect(throws: EstimateError.self) {
            try Estimate(of: shop(), at: configuration(), single: "premum")
        }
        #expect(error?.description == "model \"premum\" is not configured: write \"premium\"")
    }

    @Test func `without a model to compare with it says how to name one`() throws {
        #expect(throws: EstimateError.noSingleModel) { try Estimate(of: shop(), at: configuration(premium: nil)) }
        #expect(EstimateError.noSingleModel.description.contains("--single"))
    }

    @Test func `what cannot be counted is refused instead of shown as less`() throws {
        var workload = try shop()
        workload.work[0].callsPerDay = 100_000_000
        workload.work[0].tokens = TokensPerCall(prompt: 0, completion: 10_000_000)
        #expect(throws: EstimateError.beyondCounting) { try Estimate(of: workload, at: configuration()) }
        workload = try shop()
        workload.work = [work("costly", calls: 1, tokens: 10_000_000)]
        workload.volumes = [Volume(callsPerDay: 100_000_000)]
        #expect(throws: EstimateError.beyondCounting) { try Estimate(of: workload, at: configuration()) }
    }

    @Test func `the fee is a share of the amount, rounded up to the nano-dollar`() throws {
        let fee = try #require(CreditFee(percent: "5.5"))
        #expect(fee.fee(on: try dollars("32.40")) == (try dollars("1.782")))
        #expect(fee.fee(on: USD(nanos: 1)) == USD(nanos: 1))
        #expect(try #require(CreditFee(percent: "0")).fee(on: .cents(100)) == .zero)
    }

    @Test(arguments: ["", "-1", "101", "5,5", "5.5%", "five", "1e1"])
    func `a fee that is no percentage is refused`(text: String) {
        #expect(CreditFee(percent: text) == nil)
    }
}
