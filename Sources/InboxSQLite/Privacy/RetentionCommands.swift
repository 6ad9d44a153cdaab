import Foundation
import GRDB
import InboxCore
import ModelClient

/// Deletes payloads whose time is over. The reasons of their jobs stay, and their rows in the index lead to those.
struct ExpireCommand: StoreCommand {
    let deliveries: [Int64]

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        var emptying = PayloadEmptying(db: db, sealing: transaction.sealing)
        // A person may have made a job ready again meanwhile.
        for delivery in deliveries where try Jobs(db: db).ofDelivery(delivery).isEmpty {
            try emptying.empty(delivery, because: .expired)
        }
    }
}

/// Deletes deliveries with all that is known about them, but for the keys of de-duplication.
struct ForgetCommand: StoreCommand {
    let deliveries: [Int64]

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        // The newest stays, or the next would get its number, which the subject index has passed; and what the index
        // has not reached is about to be read.
        let end = min(try Deliveries(db: db).last() - 1, try Meta(db: db).value("indexed"))
        var emptying = PayloadEmptying(db: db, sealing: transaction.sealing)
        for delivery in deliveries where delivery <= end {
            guard try Jobs(db: db).ofDelivery(delivery).isEmpty else { continue }
            try emptying.empty(delivery, because: .expired)
            try overwriteWords(of: delivery, db)
            for job in try Outcomes(db: db).ofDelivery(delivery).map(\.id) {
                try db.cachedStatement(sql: "DELETE FROM calls WHERE job = ?").execute(arguments: [job])
                try db.cachedStatement(sql: "DELETE FROM effects WHERE job = ?").execute(arguments: [job])
            }
            for sql in [
                "UPDATE outcomes SET covered_by = NULL WHERE covered_by = ?",
                "DELETE FROM outcomes WHERE delivery = ?", "DELETE FROM subjects WHERE delivery = ?",
                "DELETE FROM deliveries WHERE seq = ?",
            ] {
                try db.cachedStatement(sql: sql).execute(arguments: [delivery])
            }
        }
    }

    /// What stands in the rows that are about to be deleted.
    private func overwriteWords(of delivery: Int64, _ db: Database) throws {
        let overwriting = Overwriting(db: db)
        try overwriting.zero("reason", of: "outcomes", where: "delivery = ? AND reason IS NOT NULL", delivery)
        try overwriting.zero("resource", of: "deliveries", where: "seq = ? AND resource IS NOT NULL", delivery)
    }
}

/// Deletes what models cost before a day. What is still reserved stays.
struct ForgetCostsCommand: StoreCommand {
    static let mostRows = 500

    static let delete = """
        DELETE FROM ledger WHERE seq IN (
          SELECT seq FROM ledger WHERE day < ? AND state <> 'reserved' ORDER BY day LIMIT \(mostRows)
        )
        """

    let before: BudgetDay

    /// - Returns: whether there may be more.
    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        try transaction.db.cachedStatement(sql: Self.delete).execute(arguments: [before.number])
        return transaction.db.changesCount == Self.mostRows
    }
}

extension BudgetDay {
    /// The day of a moment in UTC. Budgets may have another zone: a day more or less does not matter here.
    init(utc moment: Date) {
        let digits = moment.formatted(.iso8601.year().month().day().dateSeparator(.omitted))
        self.init(number: Int(digits) ?? 0)
    }
}
