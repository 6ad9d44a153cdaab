package import Vocabulary

/// What some requests add up to.
///
/// The sums are wider than the amounts, so that absurd ones neither trap nor make the order of adding matter.
package struct CostTotals: Sendable, Hashable {
    package var requests = 0
    package var accepted = 0
    package var promptTokens: Int128 = 0
    package var completionTokens: Int128 = 0
    /// Known costs, in nano-dollars.
    package var cost: Int128 = 0
    /// Requests of unknown cost.
    package var unknown = 0
    /// The worst case of those, in nano-dollars.
    package var held: Int128 = 0
    /// Requests that cost more than was reserved for them. Rows of a report do not tell them.
    package var overruns = 0

    package init() {}

    /// What the rows of a report add up to.
    package init(of rows: [CostRow]) {
        for row in rows {
            requests += row.requests
            accepted += row.accepted
            promptTokens += Int128(row.promptTokens)
            completionTokens += Int128(row.completionTokens)
            cost += Int128(row.cost.nanos)
            unknown += row.unknown
            held += Int128(row.held.nanos)
        }
    }

    /// What was charged, unknown costs with their worst case.
    package var charged: USD {
        USD(nanos: Int64(clamping: cost + held))
    }

    package static func += (totals: inout CostTotals, more: CostTotals) {
        totals.requests += more.requests
        totals.accepted += more.accepted
        totals.promptTokens += more.promptTokens
        totals.completionTokens += more.completionTokens
        totals.cost += more.cost
        totals.unknown += more.unknown
        totals.held += more.held
        totals.overruns += more.overruns
    }

    /// The row of a report, with amounts that fit.
    package func row(keys: [String?]) -> CostRow {
        CostRow(
            keys: keys, requests: requests, accepted: accepted, promptTokens: Int(clamping: promptTokens),
            completionTokens: Int(clamping: completionTokens), cost: USD(nanos: Int64(clamping: cost)),
            unknown: unknown, held: USD(nanos: Int64(clamping: held)))
    }
}
