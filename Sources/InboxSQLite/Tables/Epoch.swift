import GRDB

/// The number of times that the database was opened.
enum Epoch {
    /// Begins the next epoch: requests to models that were under way in an earlier one are of unknown cost, and effects
    /// that were under way may have arrived.
    static func begin(_ db: Database) throws -> Int64 {
        try db.execute(sql: "UPDATE meta SET value = value + 1 WHERE key = 'epoch'")
        try LedgerEntries(db: db).makeReservedUnknown()
        try Effects(db: db, sealing: .off).begin()
        return try current(db)
    }

    static func current(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'epoch'") ?? 0
    }
}
