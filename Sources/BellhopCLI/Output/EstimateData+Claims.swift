import CostEstimate
import Foundation
import Vocabulary

extension EstimateData {
    /// A day's claims under one plan, beside what follows from the stated prices.
    struct ClaimData: Encodable {
        var plan: String
        var rows: [ClaimRow]
        var claimedTotal: String?
        var sumOfClaims: String?
        var computedTotal: String
        var follows: Bool?

        init(_ check: ClaimCheck) {
            plan = check.plan.rawValue
            rows = check.rows.map(ClaimRow.init)
            claimedTotal = check.claimedTotal?.value.description
            sumOfClaims = check.sumOfClaims?.description
            computedTotal = check.computed.dollars.description
            follows = check.follows
        }
    }

    struct ClaimRow: Encodable {
        var work: String
        var model: ModelData
        var claimed: String?
        var computed: String
        var follows: Bool?
        var fits: [FitData]

        init(_ row: ClaimCheck.Row) {
            work = row.work.name
            model = ModelData(row.model)
            claimed = row.claimed?.value.description
            computed = row.computed.dollars.description
            follows = row.follows
            fits = row.fits.map(FitData.init)
        }
    }

    struct FitData: Encodable {
        var hypothesis: String
        var calls: Int?
        var model: ModelData?
        var computed: String

        init(_ fit: Fit) {
            computed = fit.perDay.dollars.description
            switch fit.hypothesis {
            case .evenSplit: hypothesis = "even_split"
            case .promptPriceAlone: hypothesis = "prompt_price_alone"
            case .completionPriceAlone: hypothesis = "completion_price_alone"
            case .pricesOf(let other):
                hypothesis = "prices_of_other_model"
                model = ModelData(other)
            case .calls(let number):
                hypothesis = "other_number_of_calls"
                calls = number
            }
        }
    }

    struct SavingData: Encodable {
        var claimedPercent: String?
        var percentByClaims: String?
        var percentByStatedPrices: String?

        init(_ saving: SavingCheck) {
            claimedPercent = saving.claimed?.value.description
            percentByClaims = saving.fromClaims?.quotient
            percentByStatedPrices = saving.fromPrices?.quotient
        }
    }

    /// A month's claims at several volumes under one plan.
    struct VolumeClaimData: Encodable {
        var plan: String
        var commonCostOfACall: String?
        var rows: [VolumeClaimRow]
        var bases: [BasisData]

        init(_ check: VolumeCheck) {
            plan = check.plan.rawValue
            commonCostOfACall = check.commonCostOfACall?.description
            rows = check.rows.map {
                VolumeClaimRow(
                    callsPerDay: $0.callsPerDay, claimed: $0.claimed.value.description,
                    costOfACall: $0.claimedCostOfACall(days: check.daysOfAMonth).quotient)
            }
            bases = check.bases.map(BasisData.init)
        }
    }

    struct VolumeClaimRow: Encodable {
        var callsPerDay: Int
        var claimed: String
        var costOfACall: String
    }

    struct BasisData: Encodable {
        var origin: String
        var perDay: String
        var costOfACall: String
        var months: [String]
        var follows: Bool
        var fits: [VolumeFitData]

        init(_ basis: VolumeBasis) {
            origin = basis.origin.rawValue
            perDay = basis.perDay.description
            costOfACall = basis.costOfACall.quotient
            months = basis.months.map(\.quotient)
            follows = basis.follows
            fits = basis.fits.map(VolumeFitData.init)
        }
    }

    struct VolumeFitData: Encodable {
        var hypothesis: String
        var digits: Int?
        var costOfACall: String?
        var callsPerDay: Int?
        var days: Int?

        init(_ hypothesis: VolumeHypothesis) {
            switch hypothesis {
            case .monthRounded(let digits):
                self.hypothesis = "month_rounded"
                self.digits = digits
            case .callRounded(let digits, let cost):
                self.hypothesis = "cost_of_a_call_rounded"
                self.digits = digits
                costOfACall = cost.description
            case .multiplesOfMonth(let calls):
                self.hypothesis = "multiples_of_a_month"
                callsPerDay = calls
            case .days(let days):
                self.hypothesis = "other_days_of_a_month"
                self.days = days
            }
        }
    }
}
