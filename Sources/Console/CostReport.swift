package import Foundation
package import ModelClient
package import Vocabulary

/// Costs added up, as the admin API tells them.
package struct CostReport: Sendable, Hashable, Codable {
    /// What the costs are added up by, for example `day`, `model` or `label:NAME`.
    package var by: [String]
    package var rows: [Row]
    /// All rows together; it has no keys.
    package var total: Row
    /// Per cent that buying credit costs on top, and what that makes of the known costs; `nil` when there is no fee.
    package var creditFeePercent: Decimal?
    package var creditFee: USD?

    private enum CodingKeys: String, CodingKey {
        case by, rows, total, creditFeePercent
        case creditFee = "creditFeeNanos"
    }

    package struct Row: Sendable, Hashable, Codable {
        /// One for each of ``CostReport/by``; `nil` where a label is missing.
        package var keys: [String?]
        package var requests: Int
        package var accepted: Int
        package var promptTokens: Int
        package var completionTokens: Int
        /// Known costs.
        package var cost: USD
        /// `nil` when no answer was accepted.
        package var costPerAccepted: USD?
        /// Requests of unknown cost.
        package var unknown: Int
        /// The worst case of those.
        package var held: USD

        private enum CodingKeys: String, CodingKey {
            case keys, requests, accepted, promptTokens, completionTokens, unknown
            case cost = "costNanos"
            case costPerAccepted = "costPerAcceptedNanos"
            case held = "heldNanos"
        }
    }

    /// - Parameter creditFee: what the configuration says, in per cent.
    package init(by dimensions: [CostQuery.Dimension], rows: [CostRow], creditFee percent: Decimal = 0) {
        by = dimensions.map(\.word)
        self.rows = rows.map(Row.init)
        total = Row(CostTotals(of: rows).row(keys: []))
        if percent > 0 { charge(percent) }
    }

    /// Counts with a fee of so many per cent in place of the one that there is. Amounts are rounded up.
    package mutating func charge(_ percent: Decimal) {
        creditFeePercent = percent
        creditFee = USD(dollars: total.cost.dollars * percent / 100) ?? USD(nanos: .max)
    }
}

extension CostReport.Row {
    package init(_ row: CostRow) {
        self.init(
            keys: row.keys, requests: row.requests, accepted: row.accepted, promptTokens: row.promptTokens,
            completionTokens: row.completionTokens, cost: row.cost, costPerAccepted: row.costPerAccepted,
            unknown: row.unknown, held: row.held)
    }
}
