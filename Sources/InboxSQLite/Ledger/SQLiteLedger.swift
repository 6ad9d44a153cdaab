import CrashPoints
package import ModelClient

/// The ledger in the inbox's database: it shares its writer, so that reservations share commits with everything else.
///
/// The methods that throw throw `InboxError`, and `reserve` also `DuplicateReservation`.
package struct SQLiteLedger: Ledger {
    let writer: StoreWriter
    let reader: StoreReader

    package func reserve(_ reservation: Reservation) async throws {
        guard try await writer.submit(ReserveCommand(reservation)) else {
            throw DuplicateReservation(id: reservation.id)
        }
    }

    /// A step in the note is journaled in the same commit. What the storage refuses is kept and tried again with a
    /// later write and when the inbox is closed.
    package func settle(_ settlement: Settlement) {
        if settlement.isAccepted { CrashPoint.reached(.modelAnswered) }
        writer.post(SettleCommand(settlement))
    }

    package func charges(on day: BudgetDay) async throws -> [Charge] {
        try await reader.read { try LedgerSums.charges($0, on: day) }
    }

    package func unknownCosts(limit: Int) async throws -> [UnknownCost] {
        try await reader.read { try LedgerEntries(db: $0).unknown(limit: limit) }
    }

    package func report(_ query: CostQuery) async throws -> [CostRow] {
        try await reader.read { try LedgerSums(query: query).rows($0) }
    }
}
