/// A report in the making: totals by their keys.
package struct CostTable: Sendable {
    private var totals: [[String?]: CostTotals] = [:]

    package init() {}

    package mutating func add(_ more: CostTotals, under keys: [String?]) {
        totals[keys, default: CostTotals()] += more
    }

    /// In the order of their keys; what lacks a label comes last.
    package var rows: [CostRow] {
        totals.sorted { Self.isOrdered($0.key, $1.key) }.map { keys, totals in totals.row(keys: keys) }
    }

    private static func isOrdered(_ a: [String?], _ b: [String?]) -> Bool {
        for (own, other) in zip(a, b) where own != other {
            guard let own else { return false }
            guard let other else { return true }
            return own < other
        }
        return false
    }
}
