import CostEstimate
import Foundation
import Vocabulary

/// An estimate as programs read it. Amounts are dollars as exact decimals in texts; what comes from a division is
/// rounded to twelve decimals.
struct EstimateData: Encodable {
    var workload: String
    var description: String?
    var mix: String?
    var callsPerDay: Int
    var daysOfAMonth: Int
    var daysOfAYear: Int
    var work: [Item]
    var claims: [ClaimData]
    var saving: SavingData?
    var volumeClaims: [VolumeClaimData]
    var singleModel: ModelData
    var rows: [Row]
    var perDay: AmountData
    var perMonth: AmountData
    var perYear: AmountData
    var volumes: [VolumeRow]
    var feePercent: String?

    init(_ estimate: Estimate, fee: CreditFee?) {
        workload = estimate.workload.name
        description = estimate.workload.description
        mix = estimate.workload.mix
        callsPerDay = estimate.workload.callsPerDay
        daysOfAMonth = estimate.daysOfAMonth
        daysOfAYear = Estimate.daysOfAYear
        work = estimate.workload.work.map(Item.init)
        claims = estimate.claims.map(ClaimData.init)
        saving = estimate.saving.map(SavingData.init)
        volumeClaims = estimate.volumes.map(VolumeClaimData.init)
        singleModel = ModelData(estimate.comparison.single)
        rows = estimate.comparison.rows.map { Row($0, fee: fee) }
        perDay = AmountData(estimate.perDay, fee: fee)
        perMonth = AmountData(estimate.perMonth, fee: fee)
        perYear = AmountData(estimate.perYear, fee: fee)
        volumes = estimate.workload.volumes.map {
            VolumeRow(callsPerDay: $0.callsPerDay, perMonth: AmountData(estimate.perMonth($0), fee: fee))
        }
        feePercent = fee?.percent.description
    }

    struct Item: Encodable {
        var name: String
        var routing: Routing
        var callsPerDay: Int
        var promptTokens: Int
        var completionTokens: Int
        var assumesEvenSplit: Bool

        init(_ work: Work) {
            name = work.name
            routing = work.routing
            callsPerDay = work.callsPerDay
            promptTokens = work.tokens.prompt
            completionTokens = work.tokens.completion
            assumesEvenSplit = work.assumesEvenSplit
        }
    }

    struct ModelData: Encodable {
        var name: String
        /// Dollars per million tokens.
        var prompt: String
        var completion: String

        init(_ model: PricedModel) {
            name = model.name
            prompt = model.prompt.dollarsPerMillion.description
            completion = model.completion.dollarsPerMillion.description
        }
    }

    struct Row: Encodable {
        var work: String
        var model: ModelData
        var perDay: AmountData

        init(_ row: Comparison.Row, fee: CreditFee?) {
            work = row.work.name
            model = ModelData(row.model)
            perDay = AmountData(row.perDay, fee: fee)
        }
    }

    struct VolumeRow: Encodable {
        var callsPerDay: Int
        var perMonth: AmountData
    }

    struct AmountData: Encodable {
        var single: String
        var routed: String
        var saved: String
        var savedPercent: String?
        var singleFee: String?
        var routedFee: String?

        init(_ amounts: Amounts, fee: CreditFee?) {
            single = amounts.single.dollars.description
            routed = amounts.routed.dollars.description
            saved = amounts.saved.dollars.description
            savedPercent = amounts.savedPercent.map(\.quotient)
            singleFee = fee?.fee(on: amounts.single).dollars.description
            routedFee = fee?.fee(on: amounts.routed).dollars.description
        }
    }
}

extension Decimal {
    /// The text of a number that comes from a division.
    var quotient: String {
        rounded(decimals: 12).description
    }
}
