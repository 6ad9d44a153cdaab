import Foundation
import GRDB
import ModelClient

/// Adds up the entries of some days.
///
/// SQL groups by the columns, the labels as one; what is asked about single labels is made of the few groups that come
/// out. So a label's name never becomes part of a statement: SQLite's paths into JSON have no form for every name.
struct LedgerSums {
    let query: CostQuery

    func rows(_ db: Database) throws -> [CostRow] {
        let arguments: StatementArguments = [query.days.lowerBound.number, query.days.upperBound.number]
        let rows = try Row.fetchCursor(db, sql: Self.sql(grouping: columns), arguments: arguments)
        var table = CostTable()
        while let row = try rows.next() {
            let totals = try CostTotals(row)
            // Without groups SQL gives a row about nothing, too.
            guard totals.requests > 0 else { continue }
            table.add(totals, under: try keys(of: row))
        }
        return table.rows
    }

    static func charges(_ db: Database, on day: BudgetDay) throws -> [Charge] {
        let statement = try db.cachedStatement(sql: sql(grouping: ["model", "task", "labels"]))
        return try Row.fetchAll(statement, arguments: [day.number, day.number]).map { row in
            let totals = try CostTotals(row)
            return Charge(
                model: try row.decode(forKey: "model"), task: TaskType(rawValue: try row.decode(forKey: "task")),
                labels: try row.labels(), amount: totals.charged, exceedsReservation: totals.overruns > 0)
        }
    }

    static func sql(grouping columns: [String]) -> String {
        let grouped = columns.joined(separator: ", ")
        return """
            SELECT \(columns.map { "\($0), " }.joined())
              count(*) AS requests, sum(accepted) AS answers, sum(cost IS NULL) AS unknown,
              sum(cost > reserved) AS overruns,
              \(wideSum(of: "prompt_tokens", as: "prompt")), \(wideSum(of: "completion_tokens", as: "completion")),
              \(wideSum(of: "cost", as: "known")), \(wideSum(of: "iif(cost IS NULL, reserved, NULL)", as: "held"))
            FROM ledger WHERE day BETWEEN ? AND ? \(columns.isEmpty ? "" : "GROUP BY \(grouped)")
            """
    }

    /// A sum in two parts, because SQLite's own fails when it does not fit into 64 bits.
    private static func wideSum(of expression: String, as name: String) -> String {
        """
        sum(\(expression) / \(CostTotals.lowerPart)) AS \(name)_high,
        sum(\(expression) % \(CostTotals.lowerPart)) AS \(name)_low
        """
    }

    /// The columns to group by, each once.
    private var columns: [String] {
        query.groups.map(\.column).reduce(into: []) { columns, column in
            if !columns.contains(column) { columns.append(column) }
        }
    }

    private func keys(of row: Row) throws -> [String?] {
        let labels = columns.contains("labels") ? try row.labels() : [:]
        return try query.groups.map { dimension in
            switch dimension {
            case .day: BudgetDay(number: try row.decode(forKey: "day")).description
            case .provider, .model, .task: try row.decode(String.self, forKey: dimension.column)
            case .accepted: try row.decode(Bool.self, forKey: "accepted") ? "yes" : "no"
            case .label(let name): labels[name]
            }
        }
    }
}

extension CostQuery.Dimension {
    fileprivate var column: String {
        switch self {
        case .day: "day"
        case .provider: "provider"
        case .model: "model"
        case .task: "task"
        case .accepted: "accepted"
        case .label: "labels"
        }
    }
}

extension CostTotals {
    fileprivate static let lowerPart: Int64 = 1_000_000_000

    fileprivate init(_ row: Row) throws {
        func sum(_ name: String) throws -> Int128 {
            let high = try row.decode(Int64?.self, forKey: name + "_high") ?? 0
            let low = try row.decode(Int64?.self, forKey: name + "_low") ?? 0
            return Int128(high) * Int128(Self.lowerPart) + Int128(low)
        }
        self.init()
        requests = try row.decode(forKey: "requests")
        accepted = try row.decode(Int?.self, forKey: "answers") ?? 0
        promptTokens = try sum("prompt")
        completionTokens = try sum("completion")
        cost = try sum("known")
        unknown = try row.decode(Int?.self, forKey: "unknown") ?? 0
        held = try sum("held")
        overruns = try row.decode(Int?.self, forKey: "overruns") ?? 0
    }
}

extension Row {
    fileprivate func labels() throws -> [String: String] {
        try JSON.decode([String: String].self, from: decode(forKey: "labels"))
    }
}
