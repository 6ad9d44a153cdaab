import Foundation
import GRDB
import ModelClient

/// Requests to models and what they cost.
struct LedgerEntries {
    static let makeUnknown = "UPDATE ledger SET state = 'unknown' WHERE state = 'reserved'"

    static let selectUnknown = """
        SELECT * FROM ledger WHERE state = 'unknown' AND generation IS NOT NULL ORDER BY seq LIMIT ?
        """

    static let settle = """
        UPDATE ledger SET state = ?, cost = ?, generation = coalesce(?, generation),
          prompt_tokens = coalesce(?, prompt_tokens), completion_tokens = coalesce(?, completion_tokens),
          cached_tokens = coalesce(?, cached_tokens), accepted = accepted OR ?
        WHERE id = ? AND state IN ('reserved', 'unknown')
        """

    let db: Database

    /// - Returns: `false` when there is one with this id already.
    func insert(_ reservation: Reservation, labels: String, epoch: Int64) throws -> Bool {
        try db.cachedStatement(
            sql: """
                INSERT INTO ledger (
                  id, day, at, provider, model, task, labels, reference, reserved, state, epoch
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserved', ?)
                ON CONFLICT (id) DO NOTHING
                """
        ).execute(arguments: [
            reservation.id, reservation.day.number, Timestamp(reservation.at), reservation.provider, reservation.model,
            reservation.task.rawValue, labels, reservation.reference, reservation.worstCase?.nanos, epoch,
        ])
        return db.changesCount > 0
    }

    /// Sets a cost that is not known yet, and what else the settlement tells.
    func settle(_ settlement: Settlement) throws {
        try db.cachedStatement(sql: Self.settle).execute(arguments: [
            settlement.cost.state, settlement.cost.amount?.nanos, settlement.generationID,
            settlement.usage?.promptTokens, settlement.usage?.completionTokens, settlement.usage?.cachedTokens,
            settlement.isAccepted, settlement.id,
        ])
    }

    /// What is reserved was under way when the last process ended: nobody will settle it, and it may have been paid
    /// for.
    func makeReservedUnknown() throws {
        try db.execute(sql: Self.makeUnknown)
    }

    /// Oldest first.
    func unknown(limit: Int) throws -> [UnknownCost] {
        try Row.fetchAll(db.cachedStatement(sql: Self.selectUnknown), arguments: [max(0, limit)]).map(UnknownCost.init)
    }
}

extension Cost {
    /// The column `state`, which beside these may be `reserved`.
    fileprivate var state: String {
        switch self {
        case .billed: "billed"
        case .estimated: "estimated"
        case .none: "none"
        case .unknown: "unknown"
        }
    }
}

extension UnknownCost {
    fileprivate init(_ row: Row) throws {
        self.init(
            reservation: Reservation(
                id: try row.decode(forKey: "id"), day: BudgetDay(number: try row.decode(forKey: "day")),
                at: try row.decode(Timestamp.self, forKey: "at").date, provider: try row.decode(forKey: "provider"),
                model: try row.decode(forKey: "model"), task: TaskType(rawValue: try row.decode(forKey: "task")),
                labels: try JSON.decode([String: String].self, from: row.decode(forKey: "labels")),
                reference: try row.decode(forKey: "reference"),
                worstCase: try row.decode(Int64?.self, forKey: "reserved").map { USD(nanos: $0) }),
            generationID: try row.decode(forKey: "generation"))
    }
}
